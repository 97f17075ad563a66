#include "platform/redis/redis_call_counts.hpp"

#include "platform/async/when_all.hpp"
#include "platform/http/rate_limiter.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/redis/redis_connection.hpp"
#include "platform/redis/redis_fixture.hpp"

#include <gmock/gmock.h>

#include <memory>

namespace insighta::redis {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// One process of several.
struct Replica {
  explicit Replica(Settings settings)
      : connection(loop, std::move(settings), &metrics), shared(connection) {}
  ~Replica() { loop.run_until_done(connection.close()); }

  http::RateLimiter::Decision take(std::int64_t per_minute) {
    http::RateLimiter::Decision decision{};
    auto const body = [](Replica& self, std::int64_t limit,
                         http::RateLimiter::Decision& out) -> Task<void> {
      co_await self.loop.sleep_for(0ns);  // what happened behind its back meanwhile
      out = co_await self.limiter.take("ada", limit);
    };
    loop.run_until_done(body(*this, per_minute, decision));
    return decision;
  }

  EventLoop loop;
  metrics::Registry metrics;
  Connection connection;
  CallCounts shared;
  http::CallCounts own;
  http::RateLimiter limiter{own, &shared};
};

class RedisCallCountsTest : public ::testing::Test {
 protected:
  Settings settings() const {
    return {.address = parse_address("unix://:secret@" + server_.socket()).value(),
            .patience = patience_,
            .pause = 0ms};
  }

  std::chrono::milliseconds patience_ = 10s;
  RedisServer server_;
};

TEST_F(RedisCallCountsTest, counts_for_all_replicas_together) {
  Replica one(settings());
  Replica other(settings());
  EXPECT_EQ(one.take(3).remaining, 2);
  EXPECT_EQ(other.take(3).remaining, 1);
  EXPECT_EQ(one.take(3).remaining, 0);
  auto const refused = other.take(3);
  EXPECT_FALSE(refused.is_allowed);
  EXPECT_GT(refused.reset_after, 50s);
  EXPECT_LE(refused.reset_after, 60s);
  EXPECT_THAT(one.metrics.expose(), HasSubstr("insighta_redis_connections 1"));
}

TEST_F(RedisCallCountsTest, answers_calls_that_are_made_together_in_their_order) {
  Replica replica(settings());
  std::vector<Task<std::optional<http::CallCount>>> calls;
  for (int i = 0; i < 500; ++i) calls.push_back(replica.shared.add("ada"));
  std::vector<std::optional<http::CallCount>> counts;
  auto const body = [&]() -> Task<void> { counts = co_await when_all(std::move(calls)); };
  replica.loop.run_until_done(body());
  for (std::size_t i = 0; i < counts.size(); ++i)
    EXPECT_EQ(counts[i].value().taken, static_cast<std::int64_t>(i) + 1);
}

TEST_F(RedisCallCountsTest, counts_alone_while_the_server_is_dead_and_together_again_after) {
  Replica replica(settings());
  EXPECT_TRUE(replica.take(1).is_allowed);
  server_.kill();
  EXPECT_TRUE(replica.take(1).is_allowed);
  EXPECT_FALSE(replica.take(1).is_allowed);
  EXPECT_THAT(replica.metrics.expose(), HasSubstr("insighta_redis_connections 0"));
  EXPECT_THAT(replica.metrics.expose(), HasSubstr("insighta_redis_unanswered_total 2"));
  server_.start();
  // Its memory is gone with it, so that the call that reaches it first is allowed.
  auto const give_up_at = std::chrono::steady_clock::now() + 10s;
  while (!replica.take(1).is_allowed) ASSERT_LT(std::chrono::steady_clock::now(), give_up_at);
  EXPECT_FALSE(replica.take(1).is_allowed);
  EXPECT_THAT(replica.metrics.expose(), HasSubstr("insighta_redis_connections 1"));
}

TEST_F(RedisCallCountsTest, waits_once_for_a_server_that_does_not_answer) {
  patience_ = 50ms;
  Replica replica(settings());
  EXPECT_TRUE(replica.take(100'000).is_allowed);
  server_.pause();
  auto const began = std::chrono::steady_clock::now();
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(replica.take(100'000).is_allowed);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  server_.resume();
}

TEST_F(RedisCallCountsTest, counts_alone_where_it_may_not_sign_in) {
  auto wrong = settings();
  wrong.address.password = "guess";
  Replica replica(wrong);
  EXPECT_TRUE(replica.take(1).is_allowed);
  EXPECT_FALSE(replica.take(1).is_allowed);
}

TEST_F(RedisCallCountsTest, counts_alone_where_no_server_is) {
  Replica replica({.address = parse_address("redis://127.0.0.1:1").value(), .pause = 0ms});
  EXPECT_TRUE(replica.take(1).is_allowed);
  EXPECT_FALSE(replica.take(1).is_allowed);
}

TEST(RedisAddress, is_read_from_a_url) {
  auto const full = parse_address("redis://ada:s%40crat@[::1]:7000/2").value();
  EXPECT_EQ(full.host, "::1");
  EXPECT_EQ(full.port, "7000");
  EXPECT_EQ(full.user, "ada");
  EXPECT_EQ(full.password, "s@crat");
  EXPECT_EQ(full.database, "2");
  auto const plain = parse_address("redis://cache.example").value();
  EXPECT_EQ(plain.host, "cache.example");
  EXPECT_EQ(plain.port, "6379");
  EXPECT_EQ(plain.password + plain.database + plain.socket_path, "");
  EXPECT_EQ(parse_address("unix:///run/redis.sock").value().socket_path, "/run/redis.sock");
}

TEST(RedisAddress, refuses_what_it_does_not_understand) {
  for (auto const* text :
       {"", "localhost", "localhost:6379", "rediss://host", "http://host", "redis://",
        "redis://host/x", "redis://host?db=1", "unix://host/path", "unix:///", "unix:/path"})
    EXPECT_FALSE(parse_address(text)) << text;
}

}  // namespace
}  // namespace insighta::redis
