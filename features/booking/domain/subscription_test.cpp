#include "booking/domain/subscription.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

Instant at(char const* text) {
  return *parse_rfc3339(text);
}

TEST(AMonth, ends_on_the_same_day_of_the_next_one) {
  EXPECT_EQ(end_of_month_period(at("2027-05-10T18:00:00Z")), at("2027-06-10T18:00:00Z"));
  EXPECT_EQ(end_of_month_period(at("2027-12-31T23:59:59Z")), at("2028-01-31T23:59:59Z"));
}

TEST(AMonth, ends_on_the_last_day_of_a_shorter_one) {
  EXPECT_EQ(end_of_month_period(at("2027-01-31T08:00:00Z")), at("2027-02-28T08:00:00Z"));
  EXPECT_EQ(end_of_month_period(at("2028-01-30T08:00:00Z")), at("2028-02-29T08:00:00Z"));
  EXPECT_EQ(end_of_month_period(at("2027-08-31T00:00:00Z")), at("2027-09-30T00:00:00Z"));
}

RC_GTEST_PROP(AMonth, is_28_to_31_days_long_and_keeps_the_time_of_day, ()) {
  Instant const start{
      std::chrono::microseconds{*rc::gen::inRange<std::int64_t>(0, 4'102'444'800'000'000)}};
  auto const length = end_of_month_period(start) - start;
  RC_ASSERT(length >= 28 * 24h);
  RC_ASSERT(length <= 31 * 24h);
  RC_ASSERT(length % 24h == 0us);
}

TEST(ACredit, is_spendable_until_the_very_end_of_the_period) {
  Subscription subscription;
  subscription.status = SubscriptionStatus::cancel_at_period_end;
  subscription.period_end = at("2027-06-10T18:00:00Z");
  EXPECT_TRUE(subscription.is_spendable(at("2027-06-10T18:00:00Z") - 1us));
  EXPECT_FALSE(subscription.is_spendable(at("2027-06-10T18:00:00Z")));
  subscription.status = SubscriptionStatus::grace;
  EXPECT_FALSE(subscription.is_spendable(at("2027-06-01T00:00:00Z")));
}

TEST(ACredit, bought_once_has_no_end) {
  Subscription subscription;
  subscription.status = SubscriptionStatus::active;
  EXPECT_TRUE(subscription.is_spendable(at("2099-01-01T00:00:00Z")));
}

TEST(ACredit, that_came_back_late_is_spendable_for_its_time) {
  Subscription subscription;
  subscription.status = SubscriptionStatus::expired;
  EXPECT_FALSE(subscription.is_spendable(at("2027-06-01T00:00:00Z")));
  subscription.late_credits_until = at("2027-07-01T00:00:00Z");
  EXPECT_TRUE(subscription.is_spendable(at("2027-06-01T00:00:00Z")));
  EXPECT_FALSE(subscription.is_spendable(at("2027-07-01T00:00:00Z")));
}

TEST(SubscriptionWords, of_a_subscription_are_read_back) {
  for (auto const* word :
       {"pending", "active", "cancel_at_period_end", "grace", "expired", "revoked"})
    EXPECT_EQ(to_string(parse_subscription_status(word).value()), word);
  for (auto const* word : {"grant", "debit", "refund", "expire", "adjust"})
    EXPECT_EQ(to_string(parse_entry_kind(word).value()), word);
  for (auto const* word : {"once", "month"})
    EXPECT_EQ(to_string(parse_plan_period(word).value()), word);
  for (auto const* word : {"manual", "stripe"})
    EXPECT_EQ(to_string(parse_payment_provider(word).value()), word);
  EXPECT_FALSE(parse_subscription_status("paused"));
}

}  // namespace
}  // namespace insighta::booking
