#include "booking/services/privacy_of_bookings.hpp"

#include "booking/domain/subscription_changes.hpp"
#include "booking/repositories/caller_repository.hpp"
#include "booking/repositories/personal_data_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/services/booking_change_service.hpp"
#include "booking/services/discovery_service.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

constexpr auto reason = "account_deleted";

}  // namespace

Task<std::string> PrivacyOfBookings::collect(UserId person) {
  return parts_.data.collect(person);
}

Task<void> PrivacyOfBookings::forget(Transaction& tx, UserId person, Instant now) {
  auto const leaving = co_await parts_.callers.find(tx, person);
  // All of them first: nothing is booked any more that is not seen behind this.
  auto const subscriptions = co_await parts_.data.lock_subscriptions(tx, leaving);
  for (auto const id : co_await parts_.data.upcoming_bookings(tx, leaving, now))
    (void)co_await parts_.bookings.withdraw(tx, id, reason, now);
  for (auto const id : co_await parts_.data.upcoming_calls(tx, leaving, now))
    (void)co_await parts_.calls.withdraw(tx, id, reason, now);
  for (auto const id : subscriptions) co_await end(tx, id, leaving.client_id, now);
  co_await parts_.data.forget(tx, leaving);
}

/// A trainer who leaves takes no client's credits along: they stay in the ledger until the period
/// ends, for an admin to settle.
Task<void> PrivacyOfBookings::end(Transaction& tx, SubscriptionId id,
                                  std::optional<ClientId> leaving, Instant now) {
  auto const subscription = co_await parts_.subscriptions.lock(tx, id);
  ensure(subscription.has_value(), "a locked subscription is there");
  auto change = leaving == subscription->client_id ? end_subscription(*subscription, {now})
                                                   : cancel_subscription(*subscription, {now});
  // Refused by what is over, or cancelled already.
  if (change) (void)co_await parts_.subscriptions.store(tx, *std::move(change));
}

}  // namespace insighta::booking
