#include "booking/services/subscription_fixture.hpp"

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using enum PaymentEventKind;

class TakePaymentEvents : public SubscriptionTest {
 protected:
  PaymentEvent event(PaymentEventKind kind, std::string id, Instant created) {
    return {.id = std::move(id),
            .type = "a.type",
            .kind = kind,
            .created = created,
            .subscription_id = {},
            .subscription_ref = "sub_1",
            .payment_ref = {}};
  }

  void take(PaymentEvent const& event) { await(events.take(event, clock.now())); }

  /// Bought by its client through the provider.
  Subscription bought() {
    auto const asked = buy(client, committed).value();
    auto first = event(purchase, "evt_first", clock.now());
    first.subscription_id = asked.id;
    take(first);
    return now(asked.id);
  }
};

TEST_F(TakePaymentEvents, a_checkout_makes_active_what_its_client_asked_for) {
  auto const paid = bought();
  EXPECT_EQ(paid.status, SubscriptionStatus::active);
  EXPECT_EQ(paid.provider, PaymentProvider::stripe);
  EXPECT_EQ(paid.provider_ref, "sub_1");
  EXPECT_EQ(paid.balance, 12);
}

TEST_F(TakePaymentEvents, a_renewal_told_three_times_and_an_older_end_grant_once) {
  auto const paid = bought();
  clock.set(*paid.period_end);
  auto const paying = event(renewal, "evt_2", clock.now());
  for (int i = 0; i < 3; ++i) take(paying);
  take(event(end, "evt_3", clock.now() - 1s));
  auto const left = now(paid.id);
  EXPECT_EQ(left.status, SubscriptionStatus::active);
  EXPECT_EQ(left.period_no, 2);
  EXPECT_EQ(left.balance, 12);
  EXPECT_EQ(count(paid.id, EntryKind::grant), 2);
}

TEST_F(TakePaymentEvents, one_event_that_comes_20_times_at_once_is_taken_once) {
  auto const paid = bought();
  auto const paying = event(renewal, "evt_2", clock.now());
  auto const taking = [&]() -> Task<bool> {
    co_await events.take(paying, clock.now());
    co_return true;
  };
  std::vector<Task<bool>> deliveries;
  for (int i = 0; i < 20; ++i) deliveries.push_back(taking());
  await(when_all(std::move(deliveries)));
  EXPECT_EQ(count(paid.id, EntryKind::grant), 2);
}

TEST_F(TakePaymentEvents, one_invoice_told_by_two_events_is_paid_once) {
  auto const paid = bought();
  for (auto const* id : {"evt_2", "evt_3"}) {
    auto paying = event(renewal, id, clock.now());
    paying.payment_ref = "in_1";
    take(paying);
  }
  EXPECT_EQ(count(paid.id, EntryKind::grant), 2);
}

TEST_F(TakePaymentEvents, of_unknown_subscriptions_are_remembered_and_change_nothing) {
  auto const asked = buy(client, committed).value();
  auto stray = event(purchase, "evt_1", clock.now());
  take(stray);
  stray.subscription_id = asked.id;
  take(stray);
  EXPECT_EQ(now(asked.id).status, SubscriptionStatus::pending);
}

TEST_F(TakePaymentEvents, lead_through_cancellation_and_a_missed_payment) {
  auto const paid = bought();
  take(event(cancellation, "evt_2", clock.now()));
  EXPECT_EQ(now(paid.id).status, SubscriptionStatus::cancel_at_period_end);
  take(event(resumption, "evt_3", clock.now()));
  EXPECT_EQ(now(paid.id).status, SubscriptionStatus::active);
  take(event(missed_payment, "evt_4", clock.now()));
  EXPECT_EQ(now(paid.id).status, SubscriptionStatus::grace);
  take(event(end, "evt_5", clock.now()));
  EXPECT_EQ(now(paid.id).status, SubscriptionStatus::expired);
  EXPECT_EQ(now(paid.id).balance, 0);
}

TEST_F(TakePaymentEvents, a_chargeback_takes_also_what_comes_back) {
  auto const paid = bought();
  auto const booking = a_booking(paid);
  ASSERT_TRUE(await(spend(paid.id, booking)));
  take(event(chargeback, "evt_2", clock.now()));
  EXPECT_EQ(now(paid.id).status, SubscriptionStatus::revoked);
  EXPECT_EQ(now(paid.id).balance, 0);
  EXPECT_EQ(refund(booking).balance, 0);
  EXPECT_EQ(count(paid.id, EntryKind::refund), 1);
  EXPECT_EQ(count(paid.id, EntryKind::adjust), 2);
}

TEST_F(TakePaymentEvents, a_purchase_by_the_name_of_another_subscription_changes_nothing) {
  auto const paid = bought();
  auto const theirs = buy(stranger, committed).value();
  auto stray = event(purchase, "evt_2", clock.now());
  stray.subscription_id = theirs.id;
  take(stray);
  EXPECT_EQ(now(theirs.id).status, SubscriptionStatus::pending);
  EXPECT_EQ(now(paid.id).balance, 12);
}

TEST_F(TakePaymentEvents, are_believed_only_when_signed) {
  constexpr std::string_view body = R"({"id":"evt_1"})";
  auto const time = std::to_string(
      std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count());
  auto const digest = crypto::hmac_sha256(secret, time + "." + std::string{body});
  auto const header = "t=" + time + ",v1=" + crypto::hex(crypto::as_bytes(digest));
  EXPECT_TRUE(events.verify(header, body, clock.now()));
  EXPECT_EQ(events.verify(header, "{}", clock.now()).error().kind, ErrorKind::unauthenticated);
  EXPECT_FALSE(events.verify("", body, clock.now()));
  EXPECT_FALSE(PaymentEvents("", subscription_store, plan_store, database()).is_on());
}

}  // namespace
}  // namespace insighta::booking
