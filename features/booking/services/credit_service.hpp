#pragma once

#include "booking/domain/subscription_changes.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::booking {

class SubscriptionRepository;

/// Credits as the other services of this feature move them, always in their transaction and on a
/// subscription that they have locked; it is then as the change left it. Nobody is asked for rights
/// here. One per event loop.
class CreditService {
 public:
  CreditService(SubscriptionRepository& subscriptions, Transactions& transactions)
      : subscriptions_(subscriptions), transactions_(transactions) {}

  /// Pays a booking; 409 `INSUFFICIENT_CREDITS` when no credit can be spent at `at`.
  Task<Result<void>> debit(Transaction& tx, Subscription& subscription, BookingId booking,
                           Instant at, std::optional<UserId> actor);
  /// Gives a booking's credit back, for late use when the subscription is over. Once per booking.
  Task<void> refund(Transaction& tx, Subscription& subscription, BookingId booking,
                    std::string reason, Instant at, std::optional<UserId> actor);
  /// Corrects what a booking cost; 409 `INSUFFICIENT_CREDITS` below zero.
  Task<Result<void>> correct(Transaction& tx, Subscription& subscription, BookingId booking,
                             int delta, Instant at, std::optional<UserId> actor);

  /// Ends every period, grace and late credit that is over at `now`, each in a transaction of its
  /// own; gives their number. Replicas may sweep at once: each thing is done by one of them.
  Task<std::int64_t> sweep(Instant now);

 private:
  Task<bool> settle_one(SubscriptionId id, Instant now);

  SubscriptionRepository& subscriptions_;
  Transactions& transactions_;
};

}  // namespace insighta::booking
