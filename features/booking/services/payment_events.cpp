#include "booking/services/payment_events.hpp"

#include "booking/repositories/plan_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/services/payment_signature.hpp"
#include "platform/log/log.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

constexpr auto provider = PaymentProvider::stripe;

/// Somebody paid and gets nothing for it: a person has to look.
void warn_of_payment(PaymentEvent const& event) {
  if (event.is_payment())
    log::warning("a payment changed nothing", {{"event", event.id}, {"type", event.type}});
}

}  // namespace

Result<void> PaymentEvents::verify(std::string_view signature, std::string_view body,
                                   Instant now) const {
  if (is_signed(secret_, signature, body, now)) return {};
  return fail(
      unauthenticated("The signature is not that of the payment provider", "INVALID_SIGNATURE"));
}

Task<void> PaymentEvents::take(PaymentEvent const& event, Instant now) {
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await take_in(tx, event, now);
    co_return true;
  };
  (void)co_await transactions_.run<bool>(body);
}

Task<void> PaymentEvents::take_in(Transaction& tx, PaymentEvent const& event, Instant now) {
  bool const is_new = co_await subscriptions_.take_inbound_event(tx, provider, event.id, event.type,
                                                                 event.created, now);
  if (!is_new || event.kind == PaymentEventKind::nothing) co_return;
  auto const subscription = co_await concerned(tx, event);
  if (!subscription || !co_await is_free_for(tx, *subscription, event)) {
    warn_of_payment(event);
    co_return;
  }
  auto const plan = co_await plans_.find(tx, subscription->plan_id);
  ensure(plan.has_value(), "a subscription's plan is there");
  auto change = take_payment_event(*subscription, *plan, event, now);
  if (!change) {
    warn_of_payment(event);
    co_return;
  }
  if (event.is_payment() && !co_await is_new_payment(tx, change->subscription, event, now))
    co_return;
  (void)co_await subscriptions_.store(tx, *std::move(change));
}

/// The one that we named to the provider, else the one that goes by its name.
Task<std::optional<Subscription>> PaymentEvents::concerned(Transaction& tx,
                                                           PaymentEvent const& event) {
  if (event.subscription_id) {
    auto named = co_await subscriptions_.lock(tx, *event.subscription_id);
    if (named) co_return named;
  }
  if (!event.subscription_ref) co_return std::nullopt;
  co_return co_await subscriptions_.lock_by_ref(tx, provider, *event.subscription_ref);
}

/// False when a purchase names a subscription of the provider that is another one's here.
Task<bool> PaymentEvents::is_free_for(Transaction& tx, Subscription const& subscription,
                                      PaymentEvent const& event) {
  if (event.kind != PaymentEventKind::purchase || !event.subscription_ref) co_return true;
  auto const holder = co_await subscriptions_.lock_by_ref(tx, provider, *event.subscription_ref);
  co_return !holder || holder->id == subscription.id;
}

Task<bool> PaymentEvents::is_new_payment(Transaction& tx, Subscription const& subscription,
                                         PaymentEvent const& event, Instant now) {
  Payment const payment{.provider = provider,
                        .provider_ref = event.payment_ref.value_or(event.id),
                        .subscription_id = subscription.id,
                        .period_no = subscription.period_no,
                        .recorded_by = {},
                        .at = now};
  co_return co_await subscriptions_.record_payment(tx, payment);
}

}  // namespace insighta::booking
