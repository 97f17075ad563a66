#include "platform/postgres/blocking_session.hpp"
#include "platform/postgres/migrations.hpp"
#include "platform/testing/postgres_test.hpp"
#include "platform/testing/test_server.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdlib.h>
#include <thread>

namespace insighta::postgres {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// An empty database and a folder of migrations.
class Migrate : public insighta::testing::PostgresTest {
 protected:
  Migrate() {
    std::string name = "/tmp/insighta-migrations-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    execute("drop schema migrations cascade");
  }
  ~Migrate() override { fs::remove_all(folder_); }

  void write(std::string const& name, std::string const& sql) {
    std::ofstream(folder_ / (name + ".sql"), std::ios::binary) << sql;
  }
  std::vector<std::string> migrated() {
    return migrate(owner_connection_string(), folder_).applied;
  }
  std::vector<std::string> pending() {
    // As the serving role: programs look at their start.
    return pending_migrations(connection_string(), folder_);
  }
  std::string refusal() {
    try {
      migrated();
    } catch (std::runtime_error const& refused) {
      return refused.what();
    }
    return "";
  }
  std::string value(std::string const& sql) {
    return BlockingSession(owner_connection_string()).execute(sql).at(0).at(0);
  }

  fs::path folder_;
};

TEST_F(Migrate, applies_what_is_missing_in_order_and_once) {
  write("0001_first", "create table public.t (n int); insert into public.t values (1);");
  write("0002_second", "insert into public.t select n + 1 from public.t");
  EXPECT_THAT(pending(), ElementsAre("0001_first", "0002_second"));
  EXPECT_THAT(migrated(), ElementsAre("0001_first", "0002_second"));
  EXPECT_THAT(pending(), IsEmpty());
  write("0003_third", "insert into public.t values (3)");
  EXPECT_THAT(pending(), ElementsAre("0003_third"));
  auto const report = migrate(owner_connection_string(), folder_);
  EXPECT_THAT(report.applied, ElementsAre("0003_third"));
  EXPECT_EQ(report.already_there, 2U);
  EXPECT_THAT(migrated(), IsEmpty());
  EXPECT_EQ(value("select string_agg(n::text, ',' order by n) from public.t"), "1,2,3");
}

TEST_F(Migrate, leaves_nothing_of_one_that_fails_and_keeps_those_before) {
  write("0001_good", "create table public.t (n int)");
  write("0002_bad", "insert into public.t values (1); create table public.u (n int); select 1 / 0");
  EXPECT_THROW(migrated(), Failure);
  EXPECT_THAT(refusal(), HasSubstr("0002_bad"));
  EXPECT_EQ(value("select count(*) from public.t"), "0");
  EXPECT_THAT(pending(), ElementsAre("0002_bad"));
  write("0002_bad", "insert into public.t values (1)");
  EXPECT_THAT(migrated(), ElementsAre("0002_bad"));
}

TEST_F(Migrate, refuses_one_that_was_edited) {
  write("0001_first", "create table public.t (n int)");
  migrated();
  write("0001_first", "create table public.t (n int8)");
  EXPECT_THAT(refusal(), HasSubstr("edited"));
  EXPECT_THROW(pending(), std::runtime_error);
}

TEST_F(Migrate, refuses_a_folder_that_lost_one) {
  write("0001_first", "select 1");
  write("0002_second", "select 1");
  migrated();
  fs::remove(folder_ / "0002_second.sql");
  EXPECT_THAT(refusal(), HasSubstr("0002_second"));
}

TEST_F(Migrate, refuses_doubles_and_strange_names) {
  write("0001_first", "select 1");
  write("0001_other", "select 1");
  EXPECT_THAT(refusal(), HasSubstr("same number"));
  fs::remove(folder_ / "0001_other.sql");
  write("2_second", "select 1");
  EXPECT_THAT(refusal(), HasSubstr("2_second"));
}

TEST_F(Migrate, refuses_one_that_comes_too_late) {
  write("0001_first", "select 1");
  write("0003_third", "select 1");
  EXPECT_THAT(migrated(), ElementsAre("0001_first", "0003_third"));
  write("0002_second", "select 1");
  EXPECT_THAT(refusal(), HasSubstr("lower number"));
}

TEST_F(Migrate, refuses_one_that_ends_its_own_transaction) {
  write("0001_first", "create table public.t (n int); commit; create table public.u (n int)");
  EXPECT_THAT(refusal(), HasSubstr("transaction"));
}

TEST_F(Migrate, several_at_once_take_turns) {
  for (int i = 1; i <= 5; ++i) {
    write(fmt::format("{:04}_step", i), fmt::format("create table public.t{} (n int)", i));
  }
  std::array<std::size_t, 4> applied{};
  {
    std::vector<std::jthread> threads;
    for (auto& count : applied) {
      threads.emplace_back([&count, this] { count = migrated().size(); });
    }
  }
  std::ranges::sort(applied);
  EXPECT_THAT(applied, ElementsAre(0, 0, 0, 5));
}

TEST_F(Migrate, an_unreachable_server_is_unavailable) {
  EXPECT_THROW(migrate("host=/nonexistent user=nobody", folder_), Unavailable);
}

}  // namespace
}  // namespace insighta::postgres
