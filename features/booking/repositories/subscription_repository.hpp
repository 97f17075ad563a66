#pragma once

#include "booking/domain/subscription_changes.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// A payment that is recorded once.
struct Payment {
  PaymentProvider provider = PaymentProvider::manual;
  std::string provider_ref;
  SubscriptionId subscription_id;
  int period_no = 1;
  std::optional<UserId> recorded_by;
  Instant at;
};

/// An entry as read back, with the balance behind it.
struct LedgerRow {
  std::int64_t id = 0;
  CreditEntry entry;
  std::int64_t balance = 0;
};

struct LedgerPage {
  std::vector<LedgerRow> rows;
  std::int64_t total = 0;
};

/// Tables booking.subscriptions, credit_entries and payments. Lock order: a subscription before the
/// booking that it pays for.
class SubscriptionRepository {
 public:
  explicit SubscriptionRepository(postgres::Database& database) : database_(database) {}

  Task<std::optional<Subscription>> find(SubscriptionId id);
  /// The newest first.
  Task<std::vector<Subscription>> list_of_client(ClientId client);
  Task<LedgerPage> ledger(SubscriptionId id, std::int64_t limit, std::int64_t offset);

  /// With its balance. Whoever holds it may spend.
  Task<std::optional<Subscription>> lock(Transaction& tx, SubscriptionId id);
  /// The pair's live one, else the one whose late credits can be spent at `now`, else nothing.
  Task<std::optional<Subscription>> lock_of_pair(Transaction& tx, ClientId client,
                                                 TrainerId trainer, Instant now);
  /// Of the pair's, one that a credit can be spent of at `now`: the live one, else the one whose
  /// late credits lapse first. When there is none, any of them, or nothing. Locks all that may be
  /// chosen.
  Task<std::optional<Subscription>> lock_to_spend(Transaction& tx, ClientId client,
                                                  TrainerId trainer, Instant now);
  /// The one that a booking was paid from.
  Task<std::optional<Subscription>> lock_of_booking(Transaction& tx, BookingId booking);
  Task<std::optional<Subscription>> lock_by_ref(Transaction& tx, PaymentProvider provider,
                                                std::string_view provider_ref);
  /// 409 `SUBSCRIPTION_EXISTS` when the pair has a live one, `PAYMENT_RECORDED` for a known ref;
  /// 404 for a client or a trainer that is none.
  Task<Result<void>> insert(Transaction& tx, Subscription const& subscription);
  /// Stores everything but ids and the balance, and raises the version.
  Task<void> update(Transaction& tx, Subscription const& subscription);
  /// Appends to the ledger; the subscription is locked.
  Task<void> append(Transaction& tx, CreditEntry const& entry);
  /// Both for a change of a locked subscription, in one message; gives it as it is then.
  Task<Subscription> store(Transaction& tx, SubscriptionChange change);
  /// Whether the booking's credit has come back by an entry of kind refund, which there is once.
  Task<bool> has_refund(Transaction& tx, BookingId booking);
  /// False when the ref was recorded before.
  Task<bool> record_payment(Transaction& tx, Payment const& payment);
  /// Remembers a provider's event; false when it came before.
  Task<bool> take_inbound_event(Transaction& tx, PaymentProvider provider, std::string_view id,
                                std::string_view kind, Instant at, Instant now);

  /// For the sweeper: subscriptions whose period, grace or late credits are over at `now`.
  Task<std::vector<SubscriptionId>> list_due(Instant now, std::int64_t limit,
                                             std::int64_t offset = 0);

 private:
  Task<std::int64_t> insert_entry(Transaction& tx, CreditEntry const& entry);
  Task<std::int64_t> update_row(Transaction& tx, Subscription const& subscription);

  postgres::Database& database_;
};

}  // namespace insighta::booking
