#pragma once

#include "booking/domain/payment_event.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <string>
#include <string_view>

namespace insighta::booking {

class PlanRepository;
class SubscriptionRepository;

/// What a Stripe-compatible payment provider tells us: the second way to record payments, beside
/// admins. Nobody is signed in; the signature is the right. One per event loop.
class PaymentEvents {
 public:
  /// Without a secret no event is accepted.
  PaymentEvents(std::string secret, SubscriptionRepository& subscriptions, PlanRepository& plans,
                Transactions& transactions)
      : secret_(std::move(secret)),
        subscriptions_(subscriptions),
        plans_(plans),
        transactions_(transactions) {}

  bool is_on() const { return !secret_.empty(); }
  /// 401 `INVALID_SIGNATURE` unless the provider signed this body within 5 minutes of `now`.
  Result<void> verify(std::string_view signature, std::string_view body, Instant now) const;
  /// Takes the event, received at `now`, exactly once. One that came before, is older than the last
  /// one that changed its subscription, pays with a known payment, or concerns nobody, changes
  /// nothing; that is no failure.
  Task<void> take(PaymentEvent const& event, Instant now);

 private:
  Task<void> take_in(Transaction& tx, PaymentEvent const& event, Instant now);
  Task<std::optional<Subscription>> concerned(Transaction& tx, PaymentEvent const& event);
  Task<bool> is_free_for(Transaction& tx, Subscription const& subscription,
                         PaymentEvent const& event);
  Task<bool> is_new_payment(Transaction& tx, Subscription const& subscription,
                            PaymentEvent const& event, Instant now);

  std::string secret_;
  SubscriptionRepository& subscriptions_;
  PlanRepository& plans_;
  Transactions& transactions_;
};

}  // namespace insighta::booking
