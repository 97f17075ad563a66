#include "booking/domain/payment_event.hpp"
#include "booking/domain/policy.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using enum SubscriptionStatus;

Instant const start = *parse_rfc3339("2027-05-10T18:00:00Z");
Instant const period_end = *parse_rfc3339("2027-06-10T18:00:00Z");
BookingId const a_booking = BookingId::make(start);

Plan a_plan(PlanPeriod period, int credits = 12) {
  Plan plan;
  plan.credits = credits;
  plan.period = period;
  return plan;
}

Plan const month = a_plan(PlanPeriod::month);
Plan const once = a_plan(PlanPeriod::once, 1);

Subscription bought(Plan const& plan) {
  return pay(Subscription{}, plan, {start}).value().subscription;
}

Subscription over() {
  return end_subscription(bought(month), {start}).value().subscription;
}

PaymentEvent event(PaymentEventKind kind, Instant created) {
  return {.id = "evt_1", .type = "word", .kind = kind, .created = created};
}

std::string code(Result<SubscriptionChange> const& change) {
  return change ? "allowed" : change.error().code;
}

TEST(APurchase, begins_the_first_period_with_its_credits) {
  auto const change = pay(Subscription{}, month, {start}).value();
  EXPECT_EQ(change.subscription.status, active);
  EXPECT_EQ(change.subscription.period_no, 1);
  EXPECT_EQ(change.subscription.period_end, period_end);
  EXPECT_TRUE(change.subscription.auto_renew);
  EXPECT_EQ(change.subscription.balance, 12);
  ASSERT_EQ(change.entries.size(), 1u);
  EXPECT_EQ(change.entries[0].kind, EntryKind::grant);
}

TEST(APurchase, of_a_plan_bought_once_has_no_end_and_adds_up) {
  auto const first = bought(once);
  EXPECT_FALSE(first.period_end);
  EXPECT_FALSE(first.auto_renew);
  auto const second = pay(first, once, {start + 400 * 24h}).value();
  EXPECT_EQ(second.subscription.balance, 2);
  EXPECT_EQ(second.subscription.period_no, 2);
  EXPECT_EQ(second.entries.size(), 1u);
}

TEST(ARenewal, lets_the_old_credits_go_and_follows_the_old_period) {
  auto const change = pay(bought(month), month, {period_end - 1h}).value();
  ASSERT_EQ(change.entries.size(), 2u);
  EXPECT_EQ(change.entries[0].kind, EntryKind::expire);
  EXPECT_EQ(change.entries[0].delta, -12);
  EXPECT_EQ(change.entries[0].period_no, 1);
  EXPECT_EQ(change.entries[1].period_no, 2);
  EXPECT_EQ(change.subscription.period_start, period_end);
  EXPECT_EQ(change.subscription.balance, 12);
}

TEST(ARenewal, in_grace_begins_when_it_is_paid) {
  auto const change = pay(bought(month), month, {period_end + 3 * 24h}).value();
  EXPECT_EQ(change.subscription.status, active);
  EXPECT_EQ(change.subscription.period_start, period_end + 3 * 24h);
  EXPECT_FALSE(change.subscription.grace_until);
}

TEST(ARenewal, comes_too_late_when_grace_is_over) {
  EXPECT_EQ(code(pay(bought(month), month, {period_end + policy::grace})), "INVALID_TRANSITION");
}

TEST(ACancelledSubscription, keeps_the_credits_until_the_period_ends) {
  auto const cancelled = cancel_subscription(bought(month), {start + 1h}).value().subscription;
  EXPECT_EQ(cancelled.status, cancel_at_period_end);
  EXPECT_EQ(cancelled.balance, 12);
  auto const ended = settle(cancelled, period_end);
  EXPECT_EQ(ended.subscription.status, expired);
  EXPECT_EQ(ended.subscription.balance, 0);
  EXPECT_EQ(ended.entries.at(0).kind, EntryKind::expire);
}

TEST(ACancelledSubscription, of_a_plan_bought_once_waits_for_its_last_credit) {
  auto const paid = bought(once);
  EXPECT_EQ(code(cancel_subscription(paid, {start})), "INVALID_TRANSITION");
  auto const used = spend_credit(paid, a_booking, {start}).value().subscription;
  EXPECT_EQ(cancel_subscription(used, {start})->subscription.status, expired);
}

TEST(ACancelledSubscription, of_what_was_never_paid_ends_it) {
  EXPECT_EQ(cancel_subscription(Subscription{}, {start})->subscription.status, expired);
}

TEST(ACancelledSubscription, in_grace_lets_grace_run_out) {
  auto const late = settle(bought(month), period_end).subscription;
  auto const cancelled = cancel_subscription(late, {period_end}).value().subscription;
  EXPECT_EQ(cancelled.status, grace);
  EXPECT_FALSE(cancelled.auto_renew);
  EXPECT_EQ(code(cancel_subscription(cancelled, {period_end})), "INVALID_TRANSITION");
}

TEST(GracePeriod, lasts_a_week_behind_the_period_and_keeps_the_credits) {
  auto const late = settle(bought(month), period_end).subscription;
  EXPECT_EQ(late.status, grace);
  EXPECT_EQ(late.balance, 12);
  EXPECT_EQ(code(spend_credit(late, a_booking, {period_end})), "INSUFFICIENT_CREDITS");
  EXPECT_TRUE(settle(late, period_end + policy::grace - 1us).is_empty());
  EXPECT_EQ(settle(late, period_end + policy::grace).subscription.status, expired);
}

TEST(ALateSweeper, that_was_away_leads_to_the_same_end) {
  auto const change = settle(bought(month), period_end + 300 * 24h);
  EXPECT_EQ(change.subscription.status, expired);
  EXPECT_EQ(change.entries.size(), 1u);
}

TEST(ARefundedCredit, to_an_expired_subscription_is_usable_for_30_days) {
  auto const change = give_back_credit(over(), a_booking, "cancelled", {start});
  EXPECT_EQ(change.subscription.status, expired);
  EXPECT_EQ(change.subscription.period_no, 2);
  EXPECT_TRUE(change.subscription.is_spendable(start + policy::late_credit_life - 1us));
  auto const lapsed = settle(change.subscription, start + policy::late_credit_life);
  EXPECT_EQ(lapsed.subscription.balance, 0);
  EXPECT_FALSE(lapsed.subscription.late_credits_until);
  EXPECT_EQ(lapsed.entries.at(0).period_no, 2);
}

TEST(ARefundedCredit, that_follows_another_one_prolongs_it) {
  auto const first = give_back_credit(over(), a_booking, "", {start}).subscription;
  auto const second = give_back_credit(first, a_booking, "", {start + 24h}).subscription;
  EXPECT_EQ(second.period_no, 2);
  EXPECT_EQ(second.balance, 2);
  EXPECT_EQ(second.late_credits_until, start + 24h + policy::late_credit_life);
}

TEST(ARefundedCredit, to_a_period_that_nobody_swept_yet_is_a_late_one) {
  auto const cancelled = cancel_subscription(bought(month), {start}).value().subscription;
  auto const change = give_back_credit(cancelled, a_booking, "cancelled", {period_end});
  EXPECT_EQ(change.subscription.balance, 1);
  EXPECT_TRUE(change.subscription.is_spendable(period_end));
}

TEST(AChargeback, takes_what_is_left_and_what_comes_back) {
  auto const change = revoke_subscription(bought(month), {start}).value();
  EXPECT_EQ(change.entries.at(0).kind, EntryKind::adjust);
  EXPECT_EQ(change.entries.at(0).delta, -12);
  auto const back = give_back_credit(change.subscription, a_booking, "cancelled", {start});
  ASSERT_EQ(back.entries.size(), 2u);
  EXPECT_EQ(back.entries[1].reason, "revoked");
  EXPECT_EQ(back.subscription.balance, 0);
}

TEST(AnAdjustment, never_goes_below_zero_nor_to_what_is_over) {
  EXPECT_EQ(code(adjust_credits(bought(month), -13, "error", {start})), "INSUFFICIENT_CREDITS");
  EXPECT_EQ(code(adjust_credits(over(), 1, "gift", {start})), "INVALID_TRANSITION");
  auto const late = give_back_credit(over(), a_booking, "", {start}).subscription;
  EXPECT_EQ(adjust_credits(late, 2, "gift", {start})->subscription.balance, 3);
}

TEST(ACorrectedCredit, takes_nothing_that_was_spent_meanwhile) {
  auto const used = spend_credit(bought(once), a_booking, {start}).value().subscription;
  EXPECT_EQ(code(correct_credit(used, a_booking, -1, {start})), "INSUFFICIENT_CREDITS");
  EXPECT_EQ(correct_credit(used, a_booking, 1, {start})->subscription.balance, 1);
}

TEST(APaymentEvent, older_than_the_last_one_changes_nothing) {
  auto const renewed = take_payment_event(bought(month), month,
                                          event(PaymentEventKind::renewal, start + 10s), period_end)
                           .value()
                           .subscription;
  EXPECT_FALSE(
      take_payment_event(renewed, month, event(PaymentEventKind::end, start + 9s), period_end));
  EXPECT_TRUE(
      take_payment_event(renewed, month, event(PaymentEventKind::end, start + 10s), period_end));
}

TEST(APaymentEvent, without_meaning_in_its_status_does_not_count_as_the_last) {
  EXPECT_FALSE(take_payment_event({}, month, event(PaymentEventKind::cancellation, start), start));
  EXPECT_FALSE(take_payment_event({}, month, event(PaymentEventKind::renewal, start), start));
  EXPECT_FALSE(
      take_payment_event(bought(month), month, event(PaymentEventKind::purchase, start), start));
}

TEST(APaymentEvent, of_a_purchase_names_the_providers_subscription) {
  auto purchase = event(PaymentEventKind::purchase, start);
  purchase.subscription_ref = "sub_1";
  auto const paid = take_payment_event({}, month, purchase, start).value().subscription;
  EXPECT_EQ(paid.status, active);
  EXPECT_EQ(paid.provider, PaymentProvider::stripe);
  EXPECT_EQ(paid.provider_ref, "sub_1");
}

TEST(APaymentEvent, takes_a_cancellation_back) {
  auto const cancelled = cancel_subscription(bought(month), {start}).value().subscription;
  auto const resumed =
      take_payment_event(cancelled, month, event(PaymentEventKind::resumption, start), start);
  EXPECT_EQ(resumed->subscription.status, active);
  EXPECT_TRUE(resumed->subscription.auto_renew);
}

}  // namespace
}  // namespace insighta::booking
