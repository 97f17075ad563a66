#pragma once

#include "platform/async/event_loop.hpp"
#include "platform/postgres/database.hpp"

#include <gtest/gtest.h>

namespace insighta::testing {

/// A test with a database of its own, cloned from a template that was migrated once per run; gone
/// afterwards. The server is the one of INSIGHTA_TEST_DATABASE (a connection string of a role that
/// may create databases), which ./dev test starts; without it the test fails.
class PostgresTest : public ::testing::Test {
 protected:
  PostgresTest();
  ~PostgresTest() override;

  /// Connected as the serving role, with its rights only.
  postgres::Database& database() { return *database_; }
  EventLoop& loop() { return loop_; }
  /// Connected as the owner of the schema, for what a test must prepare or look at.
  std::string owner_connection_string() const;
  std::string connection_string() const;
  /// As another role of database/roles.sql.
  std::string connection_string(std::string const& role) const;

  /// Runs a coroutine to its end and gives its result.
  template <class T>
  T await(Task<T> task) {
    std::optional<T> result;
    loop_.run_until_done(keep(std::move(task), result));
    return std::move(*result);
  }
  void await(Task<void> task) { loop_.run_until_done(std::move(task)); }
  /// SQL as the owner, outside of any repository.
  void execute(std::string const& sql);

 private:
  template <class T>
  static Task<void> keep(Task<T> task, std::optional<T>& result) {
    result.emplace(co_await std::move(task));
  }

  EventLoop loop_;
  std::string name_;
  std::unique_ptr<postgres::Database> database_;
};

}  // namespace insighta::testing
