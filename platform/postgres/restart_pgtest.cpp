#include "platform/async/when_all.hpp"
#include "platform/postgres/blocking_session.hpp"
#include "platform/postgres/database.hpp"
#include "platform/testing/private_server.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace insighta::postgres {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr Query ping{"test.ping", "select 1"};
constexpr Query sleep_long{"test.sleep_long", "select pg_sleep(20)"};
constexpr Query own_process{"test.own_process", "select pg_backend_pid()"};

/// Runs on a server of its own, which it stops, kills and freezes.
class LoseTheServer : public ::testing::Test {
 protected:
  LoseTheServer() {
    settings_.connection_string = server_.connection_string();
    settings_.statement_timeout = 1s;
    settings_.connect_timeout = 1s;
    database_ = std::make_unique<Database>(loop_, settings_);
    BlockingSession(server_.connection_string()).execute("create table marks (n int)");
  }
  ~LoseTheServer() override { run(database_->close()); }

  void run(Task<void> task) { loop_.run_until_done(std::move(task)); }
  std::string outcome(Task<std::string> task) {
    std::string result;
    run([](Task<std::string> inner, std::string& out) -> Task<void> {
      out = co_await std::move(inner);
    }(std::move(task), result));
    return result;
  }

  static Task<std::string> mark(Database& on) {
    try {
      auto const done = co_await on.run<int>([](Transaction& tx) -> Task<Result<int>> {
        co_await tx.query(Query{"test.mark", "insert into marks values (1)"});
        co_return 1;
      });
      co_return done ? "ok" : "error";
    } catch (Unavailable const&) {
      co_return "unavailable";
    }
  }
  static Task<std::string> ask(Database& on, Query query) {
    try {
      co_await on.query(query);
      co_return "ok";
    } catch (Unavailable const&) {
      co_return "unavailable";
    }
  }
  /// How long it takes until statements and transactions are answered again.
  std::chrono::nanoseconds time_until_service() {
    auto const before = steady_clock::now();
    run([](LoseTheServer& test) -> Task<void> {
      auto const end = steady_clock::now() + 10s;
      while (steady_clock::now() < end) {
        auto const read = co_await ask(*test.database_, ping);
        auto const written = co_await mark(*test.database_);
        if (read == "ok" && written == "ok") co_return;
        co_await test.loop_.sleep_for(10ms);
      }
    }(*this));
    return steady_clock::now() - before;
  }

  testing::PrivateServer server_;
  EventLoop loop_;
  Settings settings_;
  std::unique_ptr<Database> database_;
};

TEST_F(LoseTheServer, a_restart_is_unavailable_and_then_served_within_two_seconds) {
  EXPECT_EQ(outcome(ask(*database_, ping)), "ok");
  EXPECT_EQ(outcome(mark(*database_)), "ok");
  server_.stop();
  // Long enough for the pauses between attempts to have grown.
  auto const end = steady_clock::now() + 2'500ms;
  while (steady_clock::now() < end) {
    EXPECT_EQ(outcome(ask(*database_, ping)), "unavailable");
    EXPECT_EQ(outcome(mark(*database_)), "unavailable");
    run(loop_.sleep_for(20ms));
  }
  server_.start();
  EXPECT_LT(time_until_service(), 2s);
}

TEST_F(LoseTheServer, every_call_under_way_ends_when_it_is_killed) {
  EXPECT_EQ(outcome(mark(*database_)), "ok");
  int runs = 0;
  auto const transaction = [](Database& on, int& count) -> Task<std::string> {
    try {
      co_await on.run<int>([&](Transaction& tx) -> Task<Result<int>> {
        ++count;
        co_await tx.query(sleep_long);
        co_return 1;
      });
      co_return "ok";
    } catch (Unavailable const&) {
      co_return "unavailable";
    }
  };
  auto const kill = [](EventLoop& on, testing::PrivateServer& server) -> Task<std::string> {
    co_await on.sleep_for(50ms);
    server.kill();
    co_return "killed";
  };
  run([](Task<std::string> first, Task<std::string> second, Task<std::string> third,
         Task<std::string> killer) -> Task<void> {
    auto const [one, two, three, done] =
        co_await when_all(std::move(first), std::move(second), std::move(third), std::move(killer));
    EXPECT_EQ(one, "unavailable");
    EXPECT_EQ(two, "unavailable");
    EXPECT_EQ(three, "unavailable");
  }(ask(*database_, sleep_long), ask(*database_, sleep_long), transaction(*database_, runs),
                                   kill(loop_, server_)));
  EXPECT_EQ(runs, 1);
  server_.start();
  EXPECT_LT(time_until_service(), 2s);
}

TEST_F(LoseTheServer, a_server_process_that_hangs_is_left_after_the_deadline) {
  std::int32_t process = 0;
  run([](Database& on, std::int32_t& pid) -> Task<void> {
    auto const rows = co_await on.query(own_process);
    pid = rows.single().get<std::int32_t>(0);
  }(*database_, process));
  ASSERT_EQ(::kill(process, SIGSTOP), 0);
  auto const before = steady_clock::now();
  EXPECT_EQ(outcome(ask(*database_, ping)), "unavailable");
  EXPECT_LT(steady_clock::now() - before, 3s);
  EXPECT_EQ(outcome(ask(*database_, ping)), "ok");
  ::kill(process, SIGCONT);
}

TEST_F(LoseTheServer, too_many_connections_are_unavailable) {
  std::vector<BlockingSession> others;
  try {
    for (int i = 0; i < 60; ++i) others.emplace_back(server_.connection_string());
  } catch (Unavailable const&) {
    EXPECT_EQ(outcome(ask(*database_, ping)), "unavailable");
  }
  EXPECT_LT(others.size(), 60U);
  others.clear();
  EXPECT_LT(time_until_service(), 2s);
}

}  // namespace
}  // namespace insighta::postgres
