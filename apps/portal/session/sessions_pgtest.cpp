#include "config.hpp"
#include "platform/async/when_all.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/server.hpp"
#include "platform/testing/postgres_test.hpp"
#include "session/sessions.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>

namespace insighta::portal {
namespace {

using namespace std::chrono_literals;

/// Answers /oauth/token as told and remembers what it was asked.
class TokenEndpoint {
 public:
  explicit TokenEndpoint(EventLoop& loop)
      : server_(
            loop, {}, [this](http::Request& request) { return answer(request); },
            [](std::exception const&) { return std::optional<Error>{}; }) {
    server_.start();
  }

  std::string url() const { return fmt::format("http://127.0.0.1:{}", server_.port()); }
  Task<void> stop() { return server_.drain(100ms); }

  int status = 200;
  std::string refusal = "invalid_grant";
  int calls = 0;
  std::set<std::string> attempt_keys;

 private:
  Task<http::Response> answer(http::Request& request) {
    ++calls;
    attempt_keys.emplace(request.header("Idempotency-Key"));
    if (status != 200)
      co_return http::json_response(status, fmt::format(R"({{"error":"{}"}})", refusal));
    auto const claims = crypto::base64url(R"({"sub":"01a2095c-0000-7000-8000-000000000001"})");
    co_return http::json_response(
        200, fmt::format(
                 R"({{"access_token":"h.{}.s","refresh_token":"successor-{}","expires_in":180}})",
                 claims, calls));
  }

  http::Server server_;
};

class SessionsTest : public testing::PostgresTest {
 protected:
  SessionsTest() : endpoint_(loop()), client_(loop(), quiet()) {
    postgres::Settings settings;
    settings.connection_string = connection_string("insighta_portal");
    database_.emplace(loop(), settings);
    store_.emplace(*database_, std::string(32, 'k'));
    config_.api_url = endpoint_.url();
    config_.client_secret = config::Secret{"secret"};
    server_.emplace(client_, config_, clock_);
    sessions_.emplace(loop(), *store_, *server_, clock_);
    cookie_ =
        await(sessions_->begin({Uuid::v7(clock_.now()), "access", "refresh", clock_.now() + 3min}));
  }
  ~SessionsTest() override {
    loop().run_until_done(endpoint_.stop());
    loop().run_until_done(database_->close());
  }

  static http::ClientSettings quiet() {
    http::ClientSettings settings;
    settings.circuit_breaker_failures = 0;
    return settings;
  }
  std::optional<Session> current() { return await(sessions_->find(cookie_)); }

  ManualClock clock_{*parse_rfc3339("2026-11-23T12:00:00Z")};
  TokenEndpoint endpoint_;
  http::Client client_;
  Config config_;
  std::optional<postgres::Database> database_;
  std::optional<SessionStore> store_;
  Visitor const visitor_{.address = "192.0.2.1", .user_agent = "a browser"};
  std::optional<AuthorizationServer> server_;
  std::optional<Sessions> sessions_;
  std::string cookie_;
};

TEST_F(SessionsTest, tokens_that_last_are_left_alone) {
  auto session = *current();
  clock_.advance(149s);
  EXPECT_TRUE(await(sessions_->keep_fresh(session, visitor_)));
  EXPECT_EQ(endpoint_.calls, 0);
}

TEST_F(SessionsTest, parallel_tabs_make_one_refresh) {
  clock_.advance(170s);
  std::vector<Session> tabs(16, *current());
  std::vector<Task<Result<void>>> tasks;
  for (auto& tab : tabs) tasks.push_back(sessions_->keep_fresh(tab, visitor_));
  for (auto const& result : await(when_all(std::move(tasks)))) EXPECT_TRUE(result);
  EXPECT_EQ(endpoint_.calls, 1);
  for (auto const& tab : tabs) EXPECT_EQ(tab.refresh_token, "successor-1");
  EXPECT_EQ(current()->refresh_token, "successor-1");
}

TEST_F(SessionsTest, only_invalid_grant_ends_a_session) {
  clock_.advance(170s);
  auto session = *current();
  for (auto const& [status, refusal] :
       {std::pair{503, "temporarily_unavailable"}, {429, "slow_down"}, {401, "invalid_client"}}) {
    endpoint_.status = status;
    endpoint_.refusal = refusal;
    auto const result = await(sessions_->keep_fresh(session, visitor_));
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().kind, ErrorKind::unauthenticated) << status;
    EXPECT_TRUE(current()) << status;
  }
  endpoint_.status = 400;
  endpoint_.refusal = "invalid_grant";
  auto const result = await(sessions_->keep_fresh(session, visitor_));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::unauthenticated);
  EXPECT_FALSE(current());
}

TEST_F(SessionsTest, what_failed_is_tried_again_with_the_same_key) {
  clock_.advance(170s);
  auto session = *current();
  endpoint_.status = 503;
  EXPECT_FALSE(await(sessions_->keep_fresh(session, visitor_)));
  endpoint_.status = 200;
  auto const again = await(sessions_->keep_fresh(session, visitor_));
  EXPECT_TRUE(again) << again.error().message;
  EXPECT_EQ(endpoint_.calls, 2);
  EXPECT_EQ(endpoint_.attempt_keys.size(), 1U);
  clock_.advance(170s);
  EXPECT_TRUE(await(sessions_->keep_fresh(session, visitor_)));
  EXPECT_EQ(endpoint_.attempt_keys.size(), 2U) << "the next refresh is another attempt";
}

TEST_F(SessionsTest, an_ended_one_is_gone_though_the_server_is_away) {
  endpoint_.status = 503;
  EXPECT_FALSE(await(sessions_->end(Sessions::hash_of(cookie_), visitor_)));
  EXPECT_FALSE(current());
}

TEST_F(SessionsTest, no_cookie_no_session) {
  EXPECT_FALSE(await(sessions_->find("")));
  EXPECT_FALSE(await(sessions_->find("something else")));
}

}  // namespace
}  // namespace insighta::portal
