#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/blocking_session.hpp"
#include "platform/postgres/things_pgtest.hpp"

#include <gtest/gtest.h>

namespace insighta::postgres {
namespace {

using namespace std::chrono_literals;

class RunTransaction : public ThingsTest {
 protected:
  /// Ends every connection of this database but its own.
  void terminate_all() {
    BlockingSession(connection_string())
        .execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
            "and usename = current_user and datname = current_database()");
  }
  static Task<std::string> outcome_of_commit(Transaction& transaction) {
    try {
      co_await transaction.commit();
      co_return "ok";
    } catch (Failure const& failure) {
      co_return failure.sqlstate();
    } catch (Unavailable const&) {
      co_return "unavailable";
    }
  }
};

TEST_F(RunTransaction, keeps_the_order_of_its_statements_prepared_or_not) {
  static constexpr Query count_behind{"test.count_behind",
                                      "select count(*) from test.things where name <> $1"};
  await(database().run<int>([](Transaction& tx) -> Task<Result<int>> {
    co_await tx.query(insert_thing, Parameters(1, "one"));
    co_return 1;
  }));
  auto const counted =
      await(database().run<std::int64_t>([](Transaction& tx) -> Task<Result<std::int64_t>> {
        co_await tx.query(count_things);
        auto const [inserted, rows] =
            co_await when_all(tx.query(insert_thing, Parameters(2, "two")),
                              tx.query(count_behind, Parameters("none")));
        co_return rows.single().get<std::int64_t>(0);
      }));
  EXPECT_EQ(*counted, 2);
  // It was prepared with the types of its own parameters.
  auto const again = await(database().query(count_behind, Parameters("one")));
  EXPECT_EQ(again.single().get<std::int64_t>(0), 1);
}

TEST_F(RunTransaction, commits_what_a_value_was_answered_for) {
  auto const answer = await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
    co_await tx.query(insert_thing, Parameters(1, "one"));
    co_await tx.query(insert_thing, Parameters(2, "two"));
    co_return 7;
  }));
  EXPECT_EQ(answer, 7);
  EXPECT_EQ(count(), 2);
}

TEST_F(RunTransaction, rolls_back_when_an_error_is_answered) {
  auto const answer = await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
    co_await tx.query(insert_thing, Parameters(1, "one"));
    co_return fail(not_found("nothing here"));
  }));
  EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
  EXPECT_EQ(count(), 0);
}

TEST_F(RunTransaction, rolls_back_when_something_is_thrown) {
  EXPECT_THROW(await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
                 co_await tx.query(insert_thing, Parameters(1, "one"));
                 throw std::logic_error("a fault");
               })),
               std::logic_error);
  EXPECT_EQ(count(), 0);
  EXPECT_THROW(await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
                 co_await tx.query(insert_thing, Parameters(1, "one"));
                 co_await tx.query(insert_thing, Parameters(1, "again"));
                 co_return 1;
               })),
               Failure);
  EXPECT_EQ(count(), 0);
}

TEST_F(RunTransaction, rolls_back_when_dropped_and_frees_its_connection) {
  Database small(loop(), impatient());
  for (int i = 0; i < 3; ++i) {
    await([](Database& on) -> Task<void> {
      auto tx = co_await on.begin();
      co_await tx.query(insert_thing, Parameters(1, "one"));
    }(small));
  }
  await(small.close());
  EXPECT_EQ(count(), 0);
}

TEST_F(RunTransaction, without_statements_never_speaks_to_the_server) {
  auto const answer =
      await(database().run<int>([](Transaction&) -> Task<Result<int>> { co_return 1; }));
  EXPECT_EQ(answer, 1);
}

TEST_F(RunTransaction, pipelines_the_statements_inside) {
  auto const sum =
      await(database().run<std::int64_t>([&](Transaction& tx) -> Task<Result<std::int64_t>> {
        std::vector<Task<Rows>> tasks;
        for (int i = 0; i < 100; ++i) {
          tasks.push_back(tx.query(insert_thing, Parameters(i, "thing")));
        }
        co_await when_all(std::move(tasks));
        auto const rows = co_await tx.query(count_things);
        co_return rows.single().get<std::int64_t>(0);
      }));
  EXPECT_EQ(sum, 100);
  EXPECT_EQ(count(), 100);
}

TEST_F(RunTransaction, is_not_seen_by_others_before_its_commit) {
  await([this]() -> Task<void> {
    auto tx = co_await database().begin();
    co_await tx.query(insert_thing, Parameters(1, "one"));
    auto const before = co_await database().query(count_things);
    EXPECT_EQ(before.single().get<std::int64_t>(0), 0);
    co_await tx.commit();
    auto const after = co_await database().query(count_things);
    EXPECT_EQ(after.single().get<std::int64_t>(0), 1);
  }());
}

TEST_F(RunTransaction, cannot_be_used_after_its_commit) {
  await([](Database& on) -> Task<void> {
    auto tx = co_await on.begin();
    co_await tx.query(insert_thing, Parameters(1, "one"));
    co_await tx.commit();
    EXPECT_THROW(co_await tx.query(insert_thing, Parameters(2, "two")), BrokenInvariant);
  }(database()));
}

TEST_F(RunTransaction, a_commit_after_a_swallowed_failure_is_refused) {
  EXPECT_THROW(await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
                 co_await tx.query(insert_thing, Parameters(1, "one"));
                 co_await outcome_of(tx.query(insert_thing, Parameters(1, "again")));
                 co_return 1;
               })),
               Failure);
  EXPECT_EQ(count(), 0);
}

TEST_F(RunTransaction, is_run_again_after_a_serialization_failure) {
  insert(1, "one");
  int runs = 0;
  auto const answer = await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
    ++runs;
    co_await tx.query(Query{"", "set transaction isolation level repeatable read"});
    co_await tx.query(find_thing, Parameters(1));
    if (runs == 1) co_await database().query(rename_thing, Parameters(1, "meanwhile"));
    co_await tx.query(rename_thing, Parameters(1, "mine"));
    co_return 1;
  }));
  EXPECT_EQ(answer, 1);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(name_of(1), "mine");
}

TEST_F(RunTransaction, is_told_to_come_again_after_three_repetitions) {
  int runs = 0;
  EXPECT_THROW(await(database().run<int>([&](Transaction&) -> Task<Result<int>> {
                 ++runs;
                 throw Failure("could not serialize", "40001", "");
                 co_return 1;
               })),
               Unavailable);
  EXPECT_EQ(runs, 4);
}

TEST_F(RunTransaction, two_in_a_deadlock_both_succeed) {
  insert(1, "one");
  insert(2, "two");
  int runs = 0;
  int holding = 0;
  auto const swap = [&](int first, int second) -> Task<Result<int>> {
    return database().run<int>([&, first, second](Transaction& tx) -> Task<Result<int>> {
      ++runs;
      co_await tx.query(rename_thing, Parameters(first, "a"));
      ++holding;
      while (holding < 2) co_await loop().sleep_for(1ms);
      co_await tx.query(rename_thing, Parameters(second, "b"));
      co_return 1;
    });
  };
  auto const [left, right] = await(when_all(swap(1, 2), swap(2, 1)));
  EXPECT_TRUE(left.has_value());
  EXPECT_TRUE(right.has_value());
  EXPECT_EQ(runs, 3);
}

TEST_F(RunTransaction, is_run_again_when_a_migration_changed_a_statement_of_it) {
  static constexpr Query all{"test.all", "select * from test.things"};
  Database one_connection(loop(), impatient());
  auto const columns = [&] {
    return await(one_connection.run<bool>([&](Transaction& tx) -> Task<Result<bool>> {
      co_await tx.query(insert_thing, Parameters(1, "one"));
      co_await tx.query(all);
      co_await tx.query(Query{"", "delete from test.things"});
      co_return true;
    }));
  };
  EXPECT_TRUE(columns().has_value());
  execute("alter table test.things add column size int4 default 5");
  EXPECT_TRUE(columns().has_value());
  await(one_connection.close());
}

TEST_F(RunTransaction, one_that_waits_too_long_for_a_lock_is_unavailable) {
  insert(1, "one");
  Database small(loop(), impatient());
  await([](Database& patient, Database& waiting) -> Task<void> {
    auto holder = co_await patient.begin();
    co_await holder.query(rename_thing, Parameters(1, "held"));
    EXPECT_EQ(co_await outcome_of(waiting.query(rename_thing, Parameters(1, "mine"))),
              "unavailable");
  }(database(), small));
  await(small.close());
}

TEST_F(RunTransaction, waits_for_a_free_connection_and_gives_up_in_time) {
  Database small(loop(), impatient());
  await([](Database& on, EventLoop& loop) -> Task<void> {
    std::optional<Transaction> held(co_await on.begin());
    std::string outcome;
    try {
      co_await on.begin();
    } catch (Unavailable const&) {
      outcome = "unavailable";
    }
    EXPECT_EQ(outcome, "unavailable");
    auto const give_back = [](EventLoop& l, std::optional<Transaction>& tx) -> Task<int> {
      co_await l.sleep_for(20ms);
      tx.reset();
      co_return 0;
    };
    co_await when_all(give_back(loop, held), [](Database& again) -> Task<int> {
      auto tx = co_await again.begin();
      co_await tx.query(count_things);
      co_await tx.commit();
      co_return 0;
    }(on));
  }(small, loop()));
}

TEST_F(RunTransaction, whose_connection_is_killed_midway_is_unavailable_and_leaves_nothing) {
  int runs = 0;
  EXPECT_THROW(await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
                 ++runs;
                 co_await tx.query(insert_thing, Parameters(1, "one"));
                 terminate_all();
                 co_await tx.query(insert_thing, Parameters(2, "two"));
                 co_return 1;
               })),
               Unavailable);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(count(), 0);
  insert(3, "three");
}

TEST_F(RunTransaction, a_commit_whose_answer_is_lost_is_unavailable_and_not_repeated) {
  execute(
      "create function test.die() returns trigger language plpgsql as $$ begin "
      "perform pg_terminate_backend(pg_backend_pid()); return null; end $$;"
      "create constraint trigger die after insert on test.things "
      "deferrable initially deferred for each row execute function test.die();");
  int runs = 0;
  EXPECT_THROW(await(database().run<int>([&](Transaction& tx) -> Task<Result<int>> {
                 ++runs;
                 co_await tx.query(insert_thing, Parameters(1, "one"));
                 co_return 1;
               })),
               Unavailable);
  EXPECT_EQ(runs, 1);
}

TEST_F(RunTransaction, a_failure_at_commit_is_the_failure) {
  execute(
      "alter table test.things add constraint thing_name_once unique (name) "
      "deferrable initially deferred");
  await([](Database& on) -> Task<void> {
    auto tx = co_await on.begin();
    co_await tx.query(insert_thing, Parameters(1, "one"));
    co_await tx.query(insert_thing, Parameters(2, "one"));
    EXPECT_EQ(co_await outcome_of_commit(tx), "23505");
  }(database()));
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(await(outcome_of(database().query(insert_thing, Parameters(3, "three")))), "ok");
}

}  // namespace
}  // namespace insighta::postgres
