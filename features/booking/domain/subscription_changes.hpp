#pragma once

#include "booking/domain/subscription.hpp"
#include "platform/outcome/result.hpp"

#include <optional>
#include <string>
#include <vector>

/// What may become of a subscription and its credits (spec booking.md section 4), decided from
/// values alone. Whatever fell due before a decision is part of it: nothing depends on how soon the
/// sweeper came.
namespace insighta::booking {

/// When something was decided, and by whom; nobody for the system and for payment providers.
struct Decision {
  Instant at;
  std::optional<UserId> by = {};
};

/// A subscription as it is to be stored, with the entries to append to its ledger in this order.
/// Its balance counts them.
struct SubscriptionChange {
  Subscription subscription;
  std::vector<CreditEntry> entries = {};
  bool changes_row = false;  ///< false when only the ledger grows
  bool is_empty() const { return entries.empty() && !changes_row; }
};

/// Everything that is due at `at`: a period that was not renewed goes into 7 days of grace or ends,
/// grace ends, late credits lapse.
SubscriptionChange settle(Subscription subscription, Instant at);

/// A verified payment for `plan`: the first one makes a pending subscription active, another one
/// renews a month (active or in grace) or adds the credits of a plan bought once. 409
/// `INVALID_TRANSITION` for any other status and for a plan of the other period.
Result<SubscriptionChange> pay(Subscription subscription, Plan const& plan,
                               Decision const& decision);
/// No renewal any more. A month's credits stay until the period ends, and grace until it is over; a
/// plan bought once can only be ended when its credits are used up; what was never paid ends at
/// once.
Result<SubscriptionChange> cancel_subscription(Subscription subscription, Decision const& decision);
/// Takes a cancellation back, while the period or the grace lasts.
Result<SubscriptionChange> resume_subscription(Subscription subscription, Decision const& decision);
/// The renewal could not be paid: grace until 7 days behind the period's end.
Result<SubscriptionChange> miss_payment(Subscription subscription, Decision const& decision);
/// Over at once, whatever was paid for.
Result<SubscriptionChange> end_subscription(Subscription subscription, Decision const& decision);
/// A chargeback: the credits that are left are taken away, and those that come back later as well.
Result<SubscriptionChange> revoke_subscription(Subscription subscription, Decision const& decision);

/// One credit for a booking; 409 `INSUFFICIENT_CREDITS` when none can be spent.
Result<SubscriptionChange> spend_credit(Subscription subscription, BookingId booking,
                                        Decision const& decision);
/// A booking's credit comes back: to the current period, or for 30 days when the subscription is
/// over. Of a revoked one it is taken away again at once.
SubscriptionChange give_back_credit(Subscription subscription, BookingId booking,
                                    std::string reason, Decision const& decision);
/// By an admin who corrects what became of a booking. What is given is usable like a credit that
/// comes back; 409 `INSUFFICIENT_CREDITS` when there is nothing to take.
Result<SubscriptionChange> correct_credit(Subscription subscription, BookingId booking, int delta,
                                          Decision const& decision);
/// By an admin, for a reason of theirs. 409 `INVALID_TRANSITION` when it is over, unless late
/// credits run; 409 `INSUFFICIENT_CREDITS` below zero.
Result<SubscriptionChange> adjust_credits(Subscription subscription, int delta, std::string reason,
                                          Decision const& decision);

}  // namespace insighta::booking
