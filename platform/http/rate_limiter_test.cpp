#include "platform/http/rate_limiter.hpp"

#include "platform/async/event_loop.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace insighta::http {
namespace {

using namespace std::chrono_literals;

class RateLimiterTest : public ::testing::Test {
 protected:
  std::chrono::steady_clock::time_point now_{1h};
  CallCounts counts_{[this] { return now_; }};
  RateLimiter limiter_{counts_};
};

TEST_F(RateLimiterTest, allows_as_many_as_the_limit_says) {
  for (int left = 2; left >= 0; --left) {
    auto const decision = limiter_.take_now("ada", 3);
    EXPECT_TRUE(decision.is_allowed);
    EXPECT_EQ(decision.limit, 3);
    EXPECT_EQ(decision.remaining, left);
  }
  EXPECT_FALSE(limiter_.take_now("ada", 3).is_allowed);
  EXPECT_TRUE(limiter_.take_now("alan", 3).is_allowed);
}

TEST_F(RateLimiterTest, counts_anew_when_the_minute_is_over) {
  limiter_.take_now("ada", 1);
  now_ += 59'999ms;
  auto const late = limiter_.take_now("ada", 1);
  EXPECT_FALSE(late.is_allowed);
  EXPECT_EQ(late.reset_after, 1s);
  now_ += 1ms;
  EXPECT_TRUE(limiter_.take_now("ada", 1).is_allowed);
}

TEST_F(RateLimiterTest, keeps_a_count_while_others_come_and_go) {
  EXPECT_TRUE(limiter_.take_now("ada", 1).is_allowed);
  for (int second = 1; second < 60; ++second) {
    now_ += 1s;
    limiter_.take_now("other " + std::to_string(second), 1);
    EXPECT_FALSE(limiter_.take_now("ada", 1).is_allowed) << second;
  }
}

TEST_F(RateLimiterTest, keeps_the_count_of_who_keeps_asking_through_a_flood_of_strangers) {
  limiter_.take_now("ada", 1);
  for (int i = 0; i < 150'000; ++i) {
    limiter_.take_now("stranger " + std::to_string(i), 1);
    if (i % 1'000 == 0) {
      ASSERT_FALSE(limiter_.take_now("ada", 1).is_allowed) << i;
    }
  }
}

TEST_F(RateLimiterTest, never_tells_a_negative_rest) {
  for (int i = 0; i < 5; ++i) limiter_.take_now("ada", 5);
  EXPECT_EQ(limiter_.take_now("ada", 2).remaining, 0);
}

TEST_F(RateLimiterTest, allows_no_more_when_many_threads_ask) {
  std::atomic<int> allowed = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([this, &allowed] {
        for (int call = 0; call < 1'000; ++call)
          if (limiter_.take_now("ada", 600).is_allowed) ++allowed;
      });
  }
  EXPECT_EQ(allowed, 600);
}

TEST_F(RateLimiterTest, says_when_to_come_again) {
  limiter_.take_now("ada", 1);
  now_ += 18s;
  auto const decision = limiter_.take_now("ada", 1);
  Response response;
  add_rate_limit_headers(response, decision);
  EXPECT_EQ(response.headers.get("RateLimit-Limit"), "1");
  EXPECT_EQ(response.headers.get("RateLimit-Remaining"), "0");
  EXPECT_EQ(response.headers.get("RateLimit-Reset"), "42");
  auto const refused = error_response(rate_limited(decision), "id");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.get("Retry-After"), "42");
  EXPECT_EQ(refused.headers.get("RateLimit-Limit"), "1");
  EXPECT_EQ(refused.headers.get("RateLimit-Remaining"), "0");
  EXPECT_EQ(refused.headers.get("RateLimit-Reset"), "42");
}

/// Counts of several replicas, which can be out of reach.
struct OthersCounts : SharedCallCounts {
  bool is_away = false;
  std::int64_t taken = 0;

  Task<std::optional<CallCount>> add(std::string_view) override {
    if (is_away) co_return std::nullopt;
    co_return CallCount{.taken = ++taken, .left = 30s};
  }
};

TEST_F(RateLimiterTest, asks_the_shared_counts_and_its_own_while_those_are_away) {
  OthersCounts others;
  RateLimiter shared(counts_, &others);
  EventLoop loop;
  auto const take = [&] {
    RateLimiter::Decision decision{};
    auto const body = [](RateLimiter& limiter, RateLimiter::Decision& out) -> Task<void> {
      out = co_await limiter.take("ada", 2);
    };
    loop.run_until_done(body(shared, decision));
    return decision;
  };
  others.taken = 1;  // another replica's
  EXPECT_EQ(take().remaining, 0);
  EXPECT_FALSE(take().is_allowed);
  others.is_away = true;
  EXPECT_EQ(take().remaining, 1);
  others.is_away = false;
  EXPECT_FALSE(take().is_allowed);
}

}  // namespace
}  // namespace insighta::http
