#include "booking/domain/payment_event.hpp"

namespace insighta::booking {

namespace {

using Change = std::optional<SubscriptionChange>;

Change when_allowed(Result<SubscriptionChange> change) {
  if (!change) return {};
  return *std::move(change);
}

/// A month that somebody else recorded meanwhile is not paid again by the first purchase.
Change purchase(Subscription const& subscription, Plan const& plan, PaymentEvent const& event,
                Instant at) {
  bool const is_first = subscription.status == SubscriptionStatus::pending;
  if (!is_first && plan.period == PlanPeriod::month) return {};
  auto change = when_allowed(pay(subscription, plan, {at}));
  if (!change) return {};
  change->subscription.provider = PaymentProvider::stripe;
  if (event.subscription_ref) change->subscription.provider_ref = event.subscription_ref;
  return change;
}

/// What was never paid is not ended by a word about its renewal.
Change cancellation(Subscription const& subscription, Instant at) {
  if (subscription.status == SubscriptionStatus::pending) return {};
  return when_allowed(cancel_subscription(subscription, {at}));
}

Change renewal(Subscription const& subscription, Plan const& plan, Instant at) {
  bool const is_first = subscription.status == SubscriptionStatus::pending;
  if (is_first || plan.period != PlanPeriod::month) return {};
  return when_allowed(pay(subscription, plan, {at}));
}

Change change_of(Subscription const& subscription, Plan const& plan, PaymentEvent const& event,
                 Instant at) {
  switch (event.kind) {
    case PaymentEventKind::purchase:
      return purchase(subscription, plan, event, at);
    case PaymentEventKind::renewal:
      return renewal(subscription, plan, at);
    case PaymentEventKind::missed_payment:
      return when_allowed(miss_payment(subscription, {at}));
    case PaymentEventKind::cancellation:
      return cancellation(subscription, at);
    case PaymentEventKind::resumption:
      return when_allowed(resume_subscription(subscription, {at}));
    case PaymentEventKind::end:
      return when_allowed(end_subscription(subscription, {at}));
    case PaymentEventKind::chargeback:
      return when_allowed(revoke_subscription(subscription, {at}));
    case PaymentEventKind::nothing:
      return {};
  }
  return {};
}

}  // namespace

Change take_payment_event(Subscription const& subscription, Plan const& plan,
                          PaymentEvent const& event, Instant at) {
  if (subscription.last_event_at && event.created < *subscription.last_event_at) return {};
  auto change = change_of(subscription, plan, event, at);
  if (!change) return {};
  change->subscription.last_event_at = event.created;
  change->changes_row = true;
  return change;
}

}  // namespace insighta::booking
