#pragma once

#include "platform/http/response.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace insighta::http {

/// Counts calls per key over fixed windows of one minute, by a monotonic clock, in memory. One per
/// process, shared by all threads; keys nobody used for a window are forgotten,
/// and earlier when there are more than memory is set aside for.
class RateLimiter {
 public:
  struct Decision {
    bool is_allowed;
    std::int64_t limit;
    std::int64_t remaining;
    std::chrono::seconds reset_after;
  };
  using MonotonicNow = std::function<std::chrono::steady_clock::time_point()>;

  explicit RateLimiter(MonotonicNow now = std::chrono::steady_clock::now);
  ~RateLimiter();

  /// Takes one call of `key` from its `per_minute`.
  Decision take(std::string_view key, std::int64_t per_minute);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset (seconds).
void add_rate_limit_headers(Response& response, RateLimiter::Decision const& decision);
/// 429 `RATE_LIMITED` with Retry-After.
Error rate_limited(RateLimiter::Decision const& decision);

}  // namespace insighta::http
