#include "booking/services/subscription_fixture.hpp"

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using enum SubscriptionStatus;

class BuyCredits : public SubscriptionTest {};

TEST_F(BuyCredits, by_an_admin_is_active_at_once) {
  auto const bought = buy(admin, committed, "R-1").value();
  EXPECT_EQ(bought.status, active);
  EXPECT_EQ(bought.balance, 12);
  auto const stored = now(bought.id);
  EXPECT_EQ(stored.balance, 12);
  EXPECT_EQ(stored.version, bought.version);
  EXPECT_EQ(stored.period_end, *parse_rfc3339("2027-06-10T18:00:00Z"));
  EXPECT_EQ(stored.provider_ref, "R-1");
}

TEST_F(BuyCredits, by_a_client_waits_for_the_payment) {
  auto const asked = buy(client, committed).value();
  EXPECT_EQ(asked.status, pending);
  EXPECT_EQ(asked.client_id, client_id);
  EXPECT_EQ(code(buy(client, committed)), "SUBSCRIPTION_EXISTS");
  EXPECT_EQ(code(buy(admin, consistent, "R-1")), "SUBSCRIPTION_EXISTS");
  auto const paid = buy(admin, committed, "R-1").value();
  EXPECT_EQ(paid.id, asked.id);
  EXPECT_EQ(now(paid.id).status, active);
  EXPECT_EQ(now(paid.id).balance, 12);
}

TEST_F(BuyCredits, twice_with_one_payment_is_refused) {
  ASSERT_TRUE(buy(admin, committed, "R-1"));
  EXPECT_EQ(code(buy(admin, committed, "R-1")), "PAYMENT_RECORDED");
  EXPECT_EQ(code(buy(admin, committed, "R-2")), "SUBSCRIPTION_EXISTS");
}

TEST_F(BuyCredits, of_a_plan_bought_once_adds_up) {
  auto const first = buy(admin, single, "R-1").value();
  auto const second = buy(admin, single, "R-2").value();
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(now(first.id).balance, 2);
  EXPECT_EQ(code(buy(admin, committed, "R-3")), "SUBSCRIPTION_EXISTS");
  EXPECT_EQ(count(first.id, EntryKind::grant), 2);
}

TEST_F(BuyCredits, from_oneself_is_refused) {
  auto const self = TrainerId::make(clock.now());
  add_trainer(self, client.user_id);
  EXPECT_EQ(code(buy(client, single, "", self)), "VALIDATION_FAILED");
}

TEST_F(BuyCredits, names_what_is_wrong) {
  EXPECT_EQ(buy(admin, {}, "R-1").error().fields.at(0).field, "plan_id");
  EXPECT_EQ(buy(admin, committed).error().fields.at(0).field, "provider_ref");
  EXPECT_EQ(buy(admin, committed, "R-1", TrainerId::make(start)).error().kind,
            ErrorKind::not_found);
  auto reader = admin;
  reader.scopes = {identity::Scope::read, identity::Scope::write};
  EXPECT_EQ(code(buy(reader, committed, "R-1")), "INSUFFICIENT_SCOPE");
  EXPECT_TRUE(buy(admin, committed, "R-1"));
}

TEST_F(BuyCredits, twenty_times_at_once_with_one_payment_grants_once) {
  Purchase const wanted{
      .client_id = client_id, .trainer_id = trainer_id, .plan_id = single, .provider_ref = "R-1"};
  auto const body = [&](Command const& command) -> Task<Result<Answer>> {
    CO_TRY(auto const bought, co_await subscriptions.buy(command, wanted));
    (void)bought;
    co_return Answer{};
  };
  std::vector<Task<Result<Answer>>> purchases;
  for (int i = 0; i < 20; ++i) purchases.push_back(commands.run({admin, clock.now()}, {}, body));
  auto const answers = await(when_all(std::move(purchases)));
  EXPECT_EQ(std::ranges::count_if(answers, [](auto const& a) { return a.has_value(); }), 1);
  auto const mine = await(subscription_store.list_of_client(client_id));
  ASSERT_EQ(mine.size(), 1u);
  EXPECT_EQ(mine[0].balance, 1);
}

TEST_F(BuyCredits, again_after_the_last_one_is_over_though_nobody_swept_it) {
  auto const first = buy(admin, committed, "R-1").value();
  clock.advance(60 * 24h);
  auto const second = buy(admin, committed, "R-2").value();
  EXPECT_NE(second.id, first.id);
  EXPECT_EQ(now(first.id).status, expired);
  EXPECT_EQ(now(first.id).balance, 0);
}

class RecordPayment : public SubscriptionTest {};

TEST_F(RecordPayment, makes_a_pending_one_active_and_renews_an_active_one) {
  auto const asked = buy(client, committed).value();
  EXPECT_EQ(pay(asked.id, "R-1")->status, active);
  EXPECT_EQ(code(pay(asked.id, "R-1")), "PAYMENT_RECORDED");
  auto const renewed = pay(asked.id, "R-2").value();
  EXPECT_EQ(renewed.period_no, 2);
  EXPECT_EQ(now(asked.id).balance, 12);
  EXPECT_EQ(now(asked.id).provider_ref, "R-1");
  EXPECT_EQ(count(asked.id, EntryKind::expire), 1);
}

TEST_F(RecordPayment, is_for_admins) {
  auto const asked = buy(client, committed).value();
  EXPECT_EQ(code(run<Subscription>(client,
                                   [&](Command const& command) {
                                     return subscriptions.record_payment(command, asked.id, "R");
                                   })),
            "FORBIDDEN");
  EXPECT_EQ(now(asked.id).status, pending);
}

class CancelSubscription : public SubscriptionTest {};

TEST_F(CancelSubscription, keeps_the_credits_of_the_period) {
  auto const bought = buy(admin, committed, "R-1").value();
  EXPECT_EQ(code(cancel(stranger, bought.id)), "FORBIDDEN");
  EXPECT_EQ(code(cancel(client, bought.id, 7)), "STALE_VERSION");
  auto const cancelled = cancel(client, bought.id, bought.version).value();
  EXPECT_EQ(cancelled.status, cancel_at_period_end);
  EXPECT_EQ(cancelled.version, now(bought.id).version);
  EXPECT_TRUE(await(spend(bought.id, a_booking(bought))));
  EXPECT_EQ(code(cancel(client, bought.id)), "INVALID_TRANSITION");
}

TEST_F(CancelSubscription, gives_way_to_a_new_one_when_it_was_never_paid) {
  auto const asked = buy(client, committed).value();
  ASSERT_TRUE(cancel(client, asked.id));
  EXPECT_TRUE(buy(client, consistent));
}

class AdjustCredits : public SubscriptionTest {};

TEST_F(AdjustCredits, never_leaves_less_than_nothing) {
  auto const bought = buy(admin, single, "R-1").value();
  EXPECT_EQ(code(adjust(bought.id, -2)), "INSUFFICIENT_CREDITS");
  EXPECT_EQ(adjust(bought.id, 10)->balance, 11);
  EXPECT_EQ(adjust(bought.id, -11)->balance, 0);
  EXPECT_EQ(now(bought.id).balance, 0);
}

class ALedger : public SubscriptionTest {};

TEST_F(ALedger, tells_every_balance_to_its_client_and_to_admins) {
  auto const bought = buy(admin, single, "R-1").value();
  ASSERT_TRUE(adjust(bought.id, 3));
  ASSERT_TRUE(await(spend(bought.id, a_booking(bought))));
  auto const mine = await(commands.caller_of(client));
  auto const ledger = await(subscriptions.ledger(mine, bought.id, 2, 1)).value();
  EXPECT_EQ(ledger.total, 3);
  ASSERT_EQ(ledger.lines.size(), 2u);
  EXPECT_EQ(ledger.lines[0].balance, 4);
  EXPECT_EQ(ledger.lines[0].entry.actor, admin.user_id);
  EXPECT_EQ(ledger.lines[1].balance, 3);
  EXPECT_TRUE(ledger.lines[1].entry.booking_id);
  auto const theirs = await(commands.caller_of(stranger));
  EXPECT_EQ(await(subscriptions.ledger(theirs, bought.id, 2, 0)).error().code, "FORBIDDEN");
  EXPECT_EQ(await(subscriptions.list(theirs, client_id)).error().code, "FORBIDDEN");
  EXPECT_TRUE(await(subscriptions.list(theirs, {}))->empty());
  EXPECT_EQ(await(subscriptions.list(mine, {}))->at(0).balance, 3);
}

TEST_F(ALedger, is_changed_by_nobody_not_even_its_owner) {
  auto const bought = buy(admin, single, "R-1").value();
  for (auto const* sql : {"update booking.credit_entries set delta = 100",
                          "delete from booking.credit_entries", "truncate booking.credit_entries"})
    EXPECT_THROW(execute(sql), postgres::Failure) << sql;
  EXPECT_EQ(now(bought.id).balance, 1);
}

class OfferPlans : public SubscriptionTest {};

TEST_F(OfferPlans, are_offered_until_they_are_withdrawn) {
  NewPlan const wanted{.name = "trial",
                       .credits = 2,
                       .price_cents = 500,
                       .currency = "EUR",
                       .period = PlanPeriod::once};
  auto const adding = [&](Command const& command) { return plans.add(command, wanted); };
  auto const added = run<Plan>(admin, adding).value();
  EXPECT_EQ(run<Plan>(admin, adding).error().code, "PLAN_EXISTS");
  PlanChange change;
  change.is_active = false;
  ASSERT_TRUE(run<Plan>(
      admin, [&](Command const& command) { return plans.change(command, added.id, change); }));
  EXPECT_EQ(await(plans.list({}, false))->size(), 3u);
  EXPECT_EQ(await(plans.list({}, true)).error().code, "FORBIDDEN");
  EXPECT_EQ(await(plans.list(await(commands.caller_of(admin)), true))->size(), 4u);
  EXPECT_EQ(code(buy(admin, added.id, "R-1")), "VALIDATION_FAILED");
}

}  // namespace
}  // namespace insighta::booking
