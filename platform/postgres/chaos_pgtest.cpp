#include "platform/async/when_all.hpp"
#include "platform/postgres/blocking_session.hpp"
#include "platform/postgres/failure.hpp"
#include "platform/testing/postgres_test.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace insighta::postgres {
namespace {

using namespace std::chrono_literals;

constexpr Query take{"test.take",
                     "update booking.accounts set balance = balance - 1 where id = $1"};
constexpr Query give{"test.give",
                     "update booking.accounts set balance = balance + 1 where id = $1"};
constexpr Query note{"test.note",
                     "insert into booking.transfers (id, giver, taker) values ($1, $2, $3)"};
constexpr Query total{"test.total", "select sum(balance)::int8 from booking.accounts"};

/// Many transfers between few accounts, in no order, so that they meet in deadlocks, while
/// somebody ends connections at random.
class SurviveChaos : public insighta::testing::PostgresTest {
 protected:
  static constexpr int workers = 24;
  static constexpr int transfers_each = 40;

  SurviveChaos() {
    execute(
        "create table booking.accounts (id int4 primary key, balance int8 not null);"
        "insert into booking.accounts select n, 100 from generate_series(0, 5) n;"
        "create table booking.transfers (id int4 primary key, giver int4, taker int4);");
  }

  /// Whatever becomes of a worker, the disturbance ends with the last of them.
  Task<int> work(int worker) {
    try {
      co_await make_transfers(worker);
    } catch (...) {
      ++finished_;
      throw;
    }
    ++finished_;
    co_return 0;
  }

  Task<void> make_transfers(int worker) {
    std::minstd_rand random(static_cast<unsigned>(worker) + 1);
    for (int i = 0; i < transfers_each; ++i) {
      int const id = worker * transfers_each + i;
      auto const giver = static_cast<int>(random() % 6);
      auto const taker = static_cast<int>(random() % 6);
      bool is_away = false;
      try {
        auto const done = co_await transfer(id, giver, taker);
        if (done) confirmed_.insert(id);
        auto const rows = co_await database().query(total);
        EXPECT_EQ(rows.single().get<std::int64_t>(0), 600);
      } catch (Unavailable const&) {
        is_away = true;
      }
      if (is_away) co_await loop().sleep_for(20ms);
    }
  }

  Task<Result<int>> transfer(int id, int giver, int taker) {
    return database().run<int>([id, giver, taker](Transaction& tx) -> Task<Result<int>> {
      co_await tx.query(take, Parameters(giver));
      std::vector<Task<Rows>> rest;
      rest.push_back(tx.query(give, Parameters(taker)));
      rest.push_back(tx.query(note, Parameters(id, giver, taker)));
      co_await when_all(std::move(rest));
      // Every seventh decides otherwise.
      if (id % 7 == 0) co_return fail(conflict("not this one", "SEVENTH"));
      co_return id;
    });
  }

  Task<int> disturb() {
    BlockingSession session(connection_string());
    while (finished_ < workers) {
      session.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and "
          "datname = current_database() and pid <> pg_backend_pid() order by random() limit 1");
      co_await loop().sleep_for(60ms);
    }
    co_return 0;
  }

  std::set<int> confirmed_;
  int finished_ = 0;
};

TEST_F(SurviveChaos, every_transfer_happens_whole_or_not_at_all_and_at_most_once) {
  std::vector<Task<int>> tasks;
  for (int worker = 0; worker < workers; ++worker) tasks.push_back(work(worker));
  tasks.push_back(disturb());
  await(when_all(std::move(tasks)));

  BlockingSession observer(owner_connection_string());
  std::set<int> stored;
  for (auto const& row : observer.execute("select id from booking.transfers")) {
    stored.insert(std::stoi(row.at(0)));
  }
  EXPECT_GT(confirmed_.size(), 100U);
  for (int const id : confirmed_) EXPECT_TRUE(stored.contains(id)) << id;
  for (int const id : stored) EXPECT_NE(id % 7, 0) << id;
  auto const wrong = observer.execute(
      "select id from booking.accounts a where balance <> 100 "
      "- (select count(*) from booking.transfers t where t.giver = a.id) "
      "+ (select count(*) from booking.transfers t where t.taker = a.id)");
  EXPECT_TRUE(wrong.empty());
}

}  // namespace
}  // namespace insighta::postgres
