#pragma once

#include "booking/domain/booking_ids.hpp"
#include "platform/clock/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::booking {

enum class PlanPeriod : std::uint8_t { once, month };
std::string_view to_string(PlanPeriod period);
std::optional<PlanPeriod> parse_plan_period(std::string_view text);

/// What can be bought.
struct Plan {
  PlanId id;
  std::string name;
  int credits = 1;
  std::int64_t price_cents = 0;
  std::string currency;  ///< ISO 4217
  PlanPeriod period = PlanPeriod::once;
  bool is_active = true;
  Instant created_at;
};

enum class SubscriptionStatus : std::uint8_t {
  pending,
  active,
  cancel_at_period_end,
  grace,
  expired,
  revoked,
};
std::string_view to_string(SubscriptionStatus status);
std::optional<SubscriptionStatus> parse_subscription_status(std::string_view text);

enum class PaymentProvider : std::uint8_t { manual, stripe };
std::string_view to_string(PaymentProvider provider);
std::optional<PaymentProvider> parse_payment_provider(std::string_view text);

/// A client's credits with one trainer. At most one of a pair is live.
struct Subscription {
  SubscriptionId id;
  ClientId client_id;
  TrainerId trainer_id;
  PlanId plan_id;
  SubscriptionStatus status = SubscriptionStatus::pending;
  int period_no = 0;  ///< 0 before the first payment
  std::optional<Instant> period_start;
  std::optional<Instant> period_end;  ///< none for plans bought once
  bool auto_renew = false;
  std::optional<Instant> grace_until;
  /// A credit that came back after the end is usable until then.
  std::optional<Instant> late_credits_until;
  PaymentProvider provider = PaymentProvider::manual;
  std::optional<std::string> provider_ref;
  std::optional<Instant> last_event_at;  ///< by the provider's clock
  std::optional<Instant> ended_at;
  std::int64_t version = 1;
  Instant created_at;
  std::int64_t balance = 0;  ///< the sum of its entries when it was read

  bool is_live() const {
    return status != SubscriptionStatus::expired && status != SubscriptionStatus::revoked;
  }
  /// Whether a credit of it may be spent at `now`: while its period lasts, or a late credit does.
  bool is_spendable(Instant now) const;
};

enum class EntryKind : std::uint8_t { grant, debit, refund, expire, adjust };
std::string_view to_string(EntryKind kind);
std::optional<EntryKind> parse_entry_kind(std::string_view text);

/// One line of the ledger. Never changed, never removed.
struct CreditEntry {
  SubscriptionId subscription_id;
  EntryKind kind = EntryKind::adjust;
  int delta = 0;
  std::optional<BookingId> booking_id;
  int period_no = 0;
  std::string reason;
  std::optional<UserId> actor;
  Instant at;
};

/// Which of a pair's subscriptions pays at `now`: the live one when it has a credit, else the one
/// whose late credits lapse first. Any of them when none can; nothing of none.
std::optional<Subscription> best_to_spend(std::vector<Subscription> const& choice, Instant now);

/// One calendar month later in UTC, at most the last day of that month.
Instant end_of_month_period(Instant start);

}  // namespace insighta::booking
