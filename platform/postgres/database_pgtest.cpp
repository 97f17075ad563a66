#include "platform/async/when_all.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/blocking_session.hpp"
#include "platform/postgres/things_pgtest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace insighta::postgres {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

class RunStatement : public ThingsTest {};

TEST_F(RunStatement, answers_a_thousand_at_once_each_with_its_own) {
  std::vector<Task<Rows>> tasks;
  for (int i = 0; i < 1'000; ++i) tasks.push_back(database().query(echo_number, Parameters(i)));
  auto const answers = await(when_all(std::move(tasks)));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i].single().get<std::int64_t>(0), static_cast<std::int64_t>(i));
  }
}

TEST_F(RunStatement, takes_answers_larger_than_the_sockets_buffers_in_both_directions) {
  static constexpr Query length{"test.length", "select length($1), $1"};
  std::vector<Task<Rows>> tasks;
  for (std::size_t i = 0; i < 20; ++i) {
    tasks.push_back(database().query(length, Parameters(std::string(500'000 + i, 'x'))));
  }
  auto const answers = await(when_all(std::move(tasks)));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i].single().get<std::int64_t>(0), static_cast<std::int64_t>(500'000 + i));
  }
}

TEST_F(RunStatement, uses_one_connection_for_all) {
  static constexpr Query own_process{"test.own_process", "select pg_backend_pid()"};
  auto const [first, second] =
      await(when_all(database().query(own_process), database().query(own_process)));
  EXPECT_EQ(first.single().get<std::int32_t>(0), second.single().get<std::int32_t>(0));
}

TEST_F(RunStatement, prepares_a_named_one_once) {
  for (int i = 0; i < 3; ++i) await(database().query(echo_number, Parameters(i)));
  static constexpr Query prepared{
      "test.prepared", "select name from pg_prepared_statements where name = 'test.echo_number'"};
  EXPECT_EQ(await(database().query(prepared)).size(), 1U);
}

TEST_F(RunStatement, an_error_harms_no_other_in_the_pipeline) {
  static constexpr Query broken{"test.broken", "select 1 / $1::int4"};
  std::vector<Task<std::string>> tasks;
  for (int i = 0; i < 30; ++i) {
    tasks.push_back(outcome_of(i % 3 == 1 ? database().query(broken, Parameters(0))
                                          : database().query(echo_number, Parameters(i))));
  }
  auto const outcomes = await(when_all(std::move(tasks)));
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    EXPECT_EQ(outcomes[i], i % 3 == 1 ? "22012" : "ok") << i;
  }
}

TEST_F(RunStatement, takes_effect_once_when_another_of_its_message_fails) {
  insert(0, "there already");
  std::vector<Task<std::string>> tasks;
  for (int i = 0; i < 20; ++i) {
    int const id = i % 7 == 3 ? 0 : 100 + i;
    tasks.push_back(outcome_of(database().query(insert_thing, Parameters(id, "new"))));
  }
  auto const outcomes = await(when_all(std::move(tasks)));
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    EXPECT_EQ(outcomes[i], i % 7 == 3 ? "23505" : "ok") << i;
  }
  EXPECT_EQ(count(), 1 + 20 - 3);
}

TEST_F(RunStatement, is_prepared_with_its_own_types_behind_others_that_wait) {
  static constexpr Query echo_text{"test.echo_text", "select $1::text"};
  await(database().query(echo_number, Parameters(1)));
  for (int i = 0; i < 2; ++i) {
    auto const [number, text] = await(when_all(database().query(echo_number, Parameters(7)),
                                               database().query(echo_text, Parameters("seven"))));
    EXPECT_EQ(number.single().get<std::int64_t>(0), 7);
    EXPECT_EQ(text.single().get<std::string>(0), "seven");
  }
}

TEST_F(RunStatement, is_sent_with_the_others_of_its_turn) {
  static constexpr Query transaction{"test.transaction", "select now()"};
  await(database().query(transaction));
  auto const [first, second] =
      await(when_all(database().query(transaction), database().query(transaction)));
  EXPECT_EQ(first.single().get<Instant>(0), second.single().get<Instant>(0));
}

TEST_F(RunStatement, one_that_takes_too_long_does_not_take_along_what_was_sent_with_it) {
  Database impatient_database(loop(), impatient());
  await(impatient_database.query(sleep, Parameters(0.0)));
  await(impatient_database.query(echo_number, Parameters(0)));
  std::vector<Task<std::string>> tasks;
  tasks.push_back(outcome_of(impatient_database.query(echo_number, Parameters(1))));
  tasks.push_back(outcome_of(impatient_database.query(sleep, Parameters(10.0))));
  tasks.push_back(outcome_of(impatient_database.query(echo_number, Parameters(2))));
  auto const before = steady_clock::now();
  auto const outcomes = await(when_all(std::move(tasks)));
  EXPECT_EQ(outcomes, (std::vector<std::string>{"ok", "unavailable", "ok"}));
  EXPECT_LT(steady_clock::now() - before, 2s);
}

TEST_F(RunStatement, names_the_constraint_that_was_violated) {
  insert(1, "one");
  try {
    insert(1, "again");
    ADD_FAILURE() << "a second row with the same key";
  } catch (Failure const& failure) {
    EXPECT_EQ(failure.sqlstate(), "23505");
    EXPECT_EQ(failure.constraint(), "things_pkey");
    EXPECT_FALSE(failure.is_transient());
    EXPECT_THAT(failure.what(), HasSubstr("test.insert_thing"));
  }
  try {
    insert(2, "a name that is far too long");
    ADD_FAILURE() << "a row that its check forbids";
  } catch (Failure const& failure) {
    EXPECT_EQ(failure.constraint(), "thing_name_short");
    EXPECT_THAT(failure.what(), ::testing::Not(HasSubstr("far too long")));
  }
}

TEST_F(RunStatement, one_that_could_not_be_prepared_is_prepared_when_it_can_be) {
  static constexpr Query later{"test.later", "select n from test.made_later"};
  std::vector<Task<std::string>> tasks;
  for (int i = 0; i < 50; ++i) tasks.push_back(outcome_of(database().query(later)));
  for (auto const& outcome : await(when_all(std::move(tasks)))) EXPECT_EQ(outcome, "42P01");
  execute("create table test.made_later (n int); grant select on test.made_later to insighta_api");
  EXPECT_EQ(await(outcome_of(database().query(later))), "ok");
}

TEST_F(RunStatement, goes_on_after_a_migration_changed_its_columns) {
  static constexpr Query all{"test.all", "select * from test.things"};
  insert(1, "one");
  await(database().query(all));
  execute("alter table test.things add column size int4 default 5");
  std::vector<Task<Rows>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(database().query(all));
  for (auto const& answer : await(when_all(std::move(tasks)))) {
    EXPECT_EQ(answer.single().get<std::int32_t>(2), 5);
  }
}

TEST_F(RunStatement, goes_on_after_its_preparation_was_lost) {
  await(database().query(echo_number, Parameters(1)));
  await(database().query(Query{"", "deallocate all"}));
  EXPECT_EQ(await(outcome_of(database().query(echo_number, Parameters(2)))), "ok");
  EXPECT_EQ(await(outcome_of(database().query(echo_number, Parameters(3)))), "ok");
}

TEST_F(RunStatement, one_name_for_two_statements_is_our_fault) {
  await(database().query(echo_number, Parameters(1)));
  static constexpr Query other{"test.echo_number", "select 1 + $1::int4"};
  EXPECT_THROW(await(database().query(other, Parameters(1))), BrokenInvariant);
  EXPECT_THROW(await(database().query(echo_number, Parameters("text"))), BrokenInvariant);
}

TEST_F(RunStatement, one_that_takes_too_long_is_unavailable_and_those_behind_it_are_served) {
  Database impatient_database(loop(), impatient());
  auto const before = steady_clock::now();
  std::vector<Task<std::string>> tasks;
  tasks.push_back(outcome_of(impatient_database.query(sleep, Parameters(10.0))));
  for (int i = 0; i < 5; ++i) {
    tasks.push_back(outcome_of(impatient_database.query(echo_number, Parameters(i))));
  }
  auto const outcomes = await(when_all(std::move(tasks)));
  EXPECT_EQ(outcomes.front(), "unavailable");
  for (std::size_t i = 1; i < outcomes.size(); ++i) EXPECT_EQ(outcomes[i], "ok") << i;
  EXPECT_LT(steady_clock::now() - before, 2s);
}

TEST_F(RunStatement, is_cancelled_from_here_when_the_server_does_not_stop_it) {
  Database impatient_database(loop(), impatient());
  await(impatient_database.query(Query{"", "set statement_timeout = 0"}));
  auto const before = steady_clock::now();
  EXPECT_EQ(await(outcome_of(impatient_database.query(sleep, Parameters(10.0)))), "unavailable");
  EXPECT_LT(steady_clock::now() - before, 2s);
  // The same connection goes on: the setting is still there.
  auto const rows = await(impatient_database.query(Query{"", "show statement_timeout"}));
  EXPECT_EQ(rows.single().get<std::string>(0), "0");
  BlockingSession observer(connection_string());
  EXPECT_TRUE(observer
                  .execute("select 1 from pg_stat_activity where state = 'active' and query like "
                           "'%pg_sleep%' and pid <> pg_backend_pid()")
                  .empty());
}

TEST_F(RunStatement, a_terminated_connection_is_replaced) {
  insert(1, "one");
  BlockingSession assassin(connection_string());
  auto const terminate_others =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> "
      "pg_backend_pid() and usename = current_user and datname = current_database()";
  auto const kill = [](EventLoop& on, BlockingSession& session,
                       char const* sql) -> Task<std::string> {
    co_await on.sleep_for(50ms);
    session.execute(sql);
    co_return "done";
  };
  auto const [outcome, done] = await(when_all(outcome_of(database().query(sleep, Parameters(4.0))),
                                              kill(loop(), assassin, terminate_others)));
  EXPECT_EQ(outcome, "unavailable");
  EXPECT_EQ(name_of(1), "one");
}

TEST_F(RunStatement, one_sent_behind_the_end_of_its_connection_is_unavailable_too) {
  static constexpr Query end_itself{
      "test.end_itself", "select case when $1 then pg_terminate_backend(pg_backend_pid()) end"};
  await(database().query(end_itself, Parameters(false)));
  await(database().query(count_things));
  auto const [ended, behind] =
      await(when_all(outcome_of(database().query(end_itself, Parameters(true))),
                     outcome_of(database().query(count_things))));
  EXPECT_EQ(ended, "unavailable");
  EXPECT_EQ(behind, "unavailable");
}

TEST_F(RunStatement, is_refused_after_close_and_one_under_way_ends) {
  auto const close = [](EventLoop& on, Database& closing) -> Task<std::string> {
    co_await on.sleep_for(20ms);
    co_await closing.close();
    co_return "closed";
  };
  auto const before = steady_clock::now();
  auto const [asleep, closed] = await(
      when_all(outcome_of(database().query(sleep, Parameters(4.0))), close(loop(), database())));
  EXPECT_EQ(asleep, "unavailable");
  EXPECT_LT(steady_clock::now() - before, 2s);
  EXPECT_EQ(await(outcome_of(database().query(echo_number, Parameters(1)))), "unavailable");
  EXPECT_FALSE(await(database().is_reachable()));
}

TEST_F(RunStatement, is_unavailable_when_nothing_listens) {
  auto settings = impatient();
  settings.connection_string = "host=/nonexistent user=nobody dbname=none";
  Database nowhere(loop(), settings);
  EXPECT_EQ(await(outcome_of(nowhere.query(echo_number, Parameters(1)))), "unavailable");
  EXPECT_FALSE(await(nowhere.is_reachable()));
  EXPECT_TRUE(await(database().is_reachable()));
}

TEST_F(RunStatement, leaves_a_server_that_became_read_only) {
  await(database().query(Query{"", "set default_transaction_read_only = on"}));
  EXPECT_EQ(await(outcome_of(database().query(insert_thing, Parameters(1, "one")))), "unavailable");
  await(loop().sleep_for(0ms));
  EXPECT_EQ(await(outcome_of(database().query(insert_thing, Parameters(1, "one")))), "ok");
}

TEST_F(RunStatement, is_measured_under_its_name) {
  metrics::Registry registry;
  auto settings = impatient();
  Database measured(loop(), settings, &registry);
  await(measured.query(echo_number, Parameters(1)));
  EXPECT_THAT(registry.expose(), HasSubstr("query=\"test.echo_number\""));
  EXPECT_THAT(registry.expose(), HasSubstr("insighta_database_connections{kind=\"shared\"} 1"));
  await(measured.close());
  EXPECT_THAT(registry.expose(), HasSubstr("insighta_database_connections{kind=\"shared\"} 0"));
}

TEST_F(RunStatement, limits_hold_even_when_the_connection_string_says_otherwise) {
  auto settings = impatient();
  settings.connection_string =
      with_keywords(connection_string(), {{"options", "-c statement_timeout=0 -c work_mem=1MB"}});
  Database limited(loop(), settings);
  auto const rows = await(limited.query(
      Query{"",
            "select current_setting('statement_timeout'), current_setting('work_mem'), "
            "current_setting('TimeZone')"}));
  EXPECT_EQ(rows.single().get<std::string>(0), "300ms");
  EXPECT_EQ(rows.single().get<std::string>(1), "1MB");
  EXPECT_EQ(rows.single().get<std::string>(2), "UTC");
}

}  // namespace
}  // namespace insighta::postgres
