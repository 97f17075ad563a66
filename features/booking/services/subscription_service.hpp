#pragma once

#include "booking/domain/subscription_changes.hpp"
#include "booking/services/commands.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::booking {

class PlanRepository;
class SubscriptionRepository;

struct Purchase {
  std::optional<ClientId> client_id;  ///< admins say for whom
  TrainerId trainer_id;
  PlanId plan_id;
  std::optional<std::string> provider_ref;  ///< of the payment that an admin records
};

struct Adjustment {
  int delta = 0;  ///< not 0
  std::string reason;
};

/// One line of a ledger, with the balance behind it.
struct LedgerLine {
  std::int64_t id = 0;
  CreditEntry entry;
  std::int64_t balance = 0;
};

struct Ledger {
  std::vector<LedgerLine> lines;
  std::int64_t total = 0;
};

/// Subscriptions for their clients, and for admins who record payments. Payments of a provider come
/// through PaymentEvents, bookings through CreditService. One per event loop.
class SubscriptionService {
 public:
  SubscriptionService(SubscriptionRepository& subscriptions, PlanRepository& plans)
      : subscriptions_(subscriptions), plans_(plans) {}

  /// A client's own wish is pending until it is paid; what an admin records is paid: active at
  /// once, also when it was pending, and more credits when the plan is one that is bought once and
  /// lives. 404 for an unknown trainer or client; 422 for a plan that cannot be bought; 409
  /// `PAYMENT_RECORDED`, `SUBSCRIPTION_EXISTS`.
  Task<Result<Subscription>> buy(Command const& command, Purchase wanted);
  /// For admins: the first payment, a renewal, or more credits. 409 `PAYMENT_RECORDED` for a known
  /// ref, `INVALID_TRANSITION` when it is over.
  Task<Result<Subscription>> record_payment(Command const& command, SubscriptionId id,
                                            std::string provider_ref);
  /// By its client or an admin; 409 `INVALID_TRANSITION`.
  Task<Result<Subscription>> cancel(Command const& command, SubscriptionId id);
  /// For admins; 409 `INSUFFICIENT_CREDITS` below zero, `INVALID_TRANSITION` when it is over.
  Task<Result<Subscription>> adjust(Command const& command, SubscriptionId id, Adjustment wanted);

  /// One's own, the newest first; nobody who is no client has any. Admins may name another client.
  Task<Result<std::vector<Subscription>>> list(Caller const& caller,
                                               std::optional<ClientId> client);
  /// For its client and admins, in order of time.
  Task<Result<Ledger>> ledger(Caller const& caller, SubscriptionId id, std::int64_t limit,
                              std::int64_t offset);

 private:
  Task<Result<Subscription>> locked(Command const& command, SubscriptionId id);
  Task<Result<Plan>> plan_on_offer(Command const& command, PlanId id);
  Task<Result<Subscription>> ask(Command const& command, Subscription subscription);
  Task<Result<Subscription>> buy_paid(Command const& command, Subscription subscription,
                                      Plan const& plan, std::string provider_ref);
  Task<Result<Subscription>> pay_first(Command const& command, Subscription subscription,
                                       Plan const& plan, std::string provider_ref);
  Task<Result<Subscription>> pay_live(Command const& command, Subscription live, Plan const& plan,
                                      std::string provider_ref);
  Task<Result<void>> remember_payment(Command const& command, Subscription const& subscription,
                                      std::string provider_ref);

  SubscriptionRepository& subscriptions_;
  PlanRepository& plans_;
};

}  // namespace insighta::booking
