#include "booking/domain/policy.hpp"
#include "booking/services/subscription_fixture.hpp"

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using enum SubscriptionStatus;

class SpendCredits : public SubscriptionTest {
 protected:
  /// `count` debits at once; gives how many succeeded.
  std::int64_t spend_at_once(Subscription const& subscription, int count) {
    std::vector<Task<bool>> debits;
    for (int i = 0; i < count; ++i)
      debits.push_back(spend(subscription.id, a_booking(subscription)));
    return std::ranges::count(await(when_all(std::move(debits))), true);
  }

  using Lock = std::function<Task<std::optional<Subscription>>(Transaction&)>;

  /// What a second transaction reads that came while a first one was spending a credit.
  std::int64_t balance_behind_a_debit(Lock const& lock) {
    auto first = await(database().begin());
    auto locked = *await(lock(first));
    EXPECT_TRUE(
        await(credits.debit(first, locked, a_booking(locked), clock.now(), client.user_id)));
    auto const commit_when_waited_for = [&]() -> Task<bool> {
      bool const is_waited_for = co_await somebody_waits();
      co_await first.commit();
      co_return is_waited_for;
    };
    auto const read = [&]() -> Task<std::int64_t> {
      auto second = co_await database().begin();
      co_return (co_await lock(second))->balance;
    };
    auto const both = [&]() -> Task<std::int64_t> {
      auto [is_waited_for, balance] = co_await when_all(commit_when_waited_for(), read());
      EXPECT_TRUE(is_waited_for);
      co_return balance;
    };
    return await(both());
  }

  Task<bool> somebody_waits() {
    constexpr int tries = 10'000;
    for (int i = 0; i < tries; ++i) {
      auto const rows = co_await database().query(
          {"",
           "select count(*) from pg_stat_activity "
           "where datname = current_database() and wait_event_type = 'Lock'"});
      if (rows.single().get<std::int64_t>(0) > 0) co_return true;
    }
    co_return false;
  }
};

TEST_F(SpendCredits, one_credit_pays_one_of_64_at_once) {
  auto const bought = buy(admin, single, "R-1").value();
  EXPECT_EQ(spend_at_once(bought, 64), 1);
  EXPECT_EQ(now(bought.id).balance, 0);
  EXPECT_EQ(count(bought.id, EntryKind::debit), 1);
}

TEST_F(SpendCredits, whoever_waited_for_the_lock_sees_what_was_spent_meanwhile) {
  auto const bought = buy(admin, committed, "R-1").value();
  auto const booking = a_booking(bought);
  EXPECT_EQ(balance_behind_a_debit(
                [&](Transaction& tx) { return subscription_store.lock(tx, bought.id); }),
            11);
  EXPECT_EQ(balance_behind_a_debit([&](Transaction& tx) {
              return subscription_store.lock_of_pair(tx, client_id, trainer_id, clock.now());
            }),
            10);
  EXPECT_EQ(balance_behind_a_debit(
                [&](Transaction& tx) { return subscription_store.lock_of_booking(tx, booking); }),
            9);
}

TEST_F(SpendCredits, a_pending_one_has_none) {
  auto const asked = buy(client, committed).value();
  EXPECT_FALSE(await(spend(asked.id, a_booking(asked))));
}

class RefundCredits : public SubscriptionTest {};

TEST_F(RefundCredits, go_to_the_current_period) {
  auto const bought = buy(admin, committed, "R-1").value();
  auto const booking = a_booking(bought);
  ASSERT_TRUE(await(spend(bought.id, booking)));
  EXPECT_EQ(refund(booking).balance, 12);
  EXPECT_EQ(now(bought.id).balance, 12);
  EXPECT_FALSE(now(bought.id).late_credits_until);
}

TEST_F(RefundCredits, to_what_is_over_last_30_days) {
  auto const bought = buy(admin, committed, "R-1").value();
  auto const booking = a_booking(bought);
  auto const second = a_booking(bought);
  ASSERT_TRUE(await(spend(bought.id, booking)));
  ASSERT_TRUE(await(spend(bought.id, second)));
  clock.advance(60 * 24h);
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(now(bought.id).status, expired);
  EXPECT_EQ(refund(booking).balance, 1);
  EXPECT_EQ(now(bought.id).version, refund(second).version - 1);
  ASSERT_TRUE(await(spend(bought.id, a_booking(bought))));
  EXPECT_EQ(now(bought.id).balance, 1);
  EXPECT_EQ(sweep(), 0);
  clock.advance(policy::late_credit_life);
  EXPECT_FALSE(await(spend(bought.id, a_booking(bought))));
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(sweep(), 0);
  EXPECT_EQ(now(bought.id).balance, 0);
  EXPECT_FALSE(now(bought.id).late_credits_until);
  EXPECT_EQ(count(bought.id, EntryKind::expire), 2);
}

TEST_F(RefundCredits, are_corrected_unless_they_were_spent) {
  auto const bought = buy(admin, single, "R-1").value();
  auto const booking = a_booking(bought);
  auto const correct = [&](int delta) {
    auto const body = [&](Transaction& tx) -> Task<Result<Subscription>> {
      auto locked = co_await subscription_store.lock_of_booking(tx, booking);
      CO_TRY_VOID(
          co_await credits.correct(tx, *locked, booking, delta, clock.now(), admin.user_id));
      co_return *locked;
    };
    return await(database().run<Subscription>(body));
  };
  ASSERT_TRUE(await(spend(bought.id, booking)));
  EXPECT_EQ(code(correct(-1)), "INSUFFICIENT_CREDITS");
  EXPECT_EQ(correct(1)->balance, 1);
  EXPECT_EQ(correct(-1)->balance, 0);
  EXPECT_EQ(now(bought.id).balance, 0);
}

class SweepSubscriptions : public SubscriptionTest {};

TEST_F(SweepSubscriptions, lead_through_grace_to_the_end) {
  auto const bought = buy(admin, committed, "R-1").value();
  clock.set(*bought.period_end - 1us);
  EXPECT_EQ(sweep(), 0);
  clock.advance(1us);
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(now(bought.id).status, grace);
  EXPECT_EQ(now(bought.id).balance, 12);
  EXPECT_FALSE(await(spend(bought.id, a_booking(bought))));
  clock.advance(policy::grace - 1us);
  EXPECT_EQ(sweep(), 0);
  clock.advance(1us);
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(now(bought.id).status, expired);
  EXPECT_EQ(now(bought.id).balance, 0);
  EXPECT_EQ(count(bought.id, EntryKind::expire), 1);
}

TEST_F(SweepSubscriptions, renewed_in_grace_go_on) {
  auto const bought = buy(admin, committed, "R-1").value();
  clock.set(*bought.period_end + 24h);
  sweep();
  auto const renewed = pay(bought.id, "R-2").value();
  EXPECT_EQ(renewed.status, active);
  EXPECT_EQ(renewed.period_start, clock.now());
  EXPECT_EQ(sweep(), 0);
}

TEST_F(SweepSubscriptions, by_several_replicas_at_once_end_each_once) {
  auto const bought = buy(admin, committed, "R-1").value();
  ASSERT_TRUE(cancel(client, bought.id));
  clock.advance(60 * 24h);
  std::vector<Task<std::int64_t>> sweeps;
  for (int i = 0; i < 6; ++i) sweeps.push_back(credits.sweep(clock.now()));
  std::int64_t swept = 0;
  for (auto const count : await(when_all(std::move(sweeps)))) swept += count;
  EXPECT_EQ(swept, 1);
  EXPECT_EQ(count(bought.id, EntryKind::expire), 1);
}

}  // namespace
}  // namespace insighta::booking
