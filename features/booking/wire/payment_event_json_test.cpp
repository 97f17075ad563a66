#include "booking/wire/payment_event_json.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace insighta::booking::wire {
namespace {

using enum PaymentEventKind;

constexpr auto our_id = "01970000-0000-7000-8000-0000000000aa";

Result<PaymentEvent> parse(std::string_view type, std::string_view object) {
  return parse_payment_event(fmt::format(
      R"({{"id":"evt_1","object":"event","type":"{}","created":1800000000,"data":{{"object":{}}}}})",
      type, object));
}

PaymentEventKind kind(std::string_view type, std::string_view object = "{}") {
  return parse(type, object).value().kind;
}

TEST(AStripeEvent, of_a_checkout_names_both_subscriptions_and_the_payment) {
  auto const event = parse("checkout.session.completed",
                           fmt::format(
                               R"({{"id":"cs_1","subscription":"sub_1","payment_status":"paid",
                     "metadata":{{"subscription_id":"{}"}}}})",
                               our_id))
                         .value();
  EXPECT_EQ(event.id, "evt_1");
  EXPECT_EQ(event.kind, purchase);
  EXPECT_EQ(event.created, *parse_rfc3339("2027-01-15T08:00:00Z"));
  EXPECT_EQ(event.subscription_id, SubscriptionId::parse(our_id));
  EXPECT_EQ(event.subscription_ref, "sub_1");
  EXPECT_EQ(event.payment_ref, "cs_1");
}

TEST(AStripeEvent, of_a_checkout_without_money_waits_for_the_money) {
  EXPECT_EQ(kind("checkout.session.completed", R"({"payment_status":"unpaid"})"), nothing);
  EXPECT_EQ(kind("checkout.session.async_payment_succeeded"), purchase);
}

TEST(AStripeEvent, of_an_invoice_renews_only_for_a_cycle) {
  EXPECT_EQ(kind("invoice.paid", R"({"billing_reason":"subscription_cycle"})"), renewal);
  EXPECT_EQ(kind("invoice.paid", R"({"billing_reason":"subscription_create"})"), nothing);
  EXPECT_EQ(kind("invoice.payment_failed"), missed_payment);
  auto const event =
      parse("invoice.paid",
            R"({"parent":{"subscription_details":{"subscription":"sub_9"}},"id":"in_1"})");
  EXPECT_EQ(event->subscription_ref, "sub_9");
}

TEST(AStripeEvent, of_a_subscription_goes_by_its_own_id) {
  auto const event =
      parse("customer.subscription.updated", R"({"id":"sub_1","cancel_at_period_end":true})");
  EXPECT_EQ(event->subscription_ref, "sub_1");
  EXPECT_EQ(event->kind, cancellation);
  EXPECT_EQ(kind("customer.subscription.updated", R"({"cancel_at_period_end":false})"), resumption);
  EXPECT_EQ(kind("customer.subscription.updated"), nothing);
  EXPECT_EQ(kind("customer.subscription.deleted"), end);
}

TEST(AStripeEvent, of_money_that_went_back_is_a_chargeback) {
  EXPECT_EQ(kind("charge.dispute.created"), chargeback);
  EXPECT_EQ(kind("charge.refunded", R"({"refunded":true})"), chargeback);
  EXPECT_EQ(kind("charge.refunded", R"({"refunded":false})"), nothing);
}

TEST(AStripeEvent, of_another_type_means_nothing) {
  EXPECT_EQ(kind("customer.created"), nothing);
  EXPECT_FALSE(parse("x", R"({"metadata":{"subscription_id":"7"}})")->subscription_id);
}

TEST(AStripeEvent, that_is_none_is_refused) {
  for (auto const* text : {"", "{", "[]", "{}", R"({"id":"evt_1","type":"x"})"})
    EXPECT_EQ(parse_payment_event(text).error().kind, ErrorKind::bad_request) << text;
  EXPECT_EQ(parse_payment_event(R"({"id":"e","type":"x","created":"soon"})").error().kind,
            ErrorKind::invalid);
}

}  // namespace
}  // namespace insighta::booking::wire
