#pragma once

#include "platform/http/call_counts.hpp"
#include "platform/http/response.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace insighta::http {

/// Says who has called too often: by the counts that replicas share where there are any, by those
/// of this process otherwise and while the shared ones are away. One per event loop.
class RateLimiter {
 public:
  struct Decision {
    bool is_allowed;
    std::int64_t limit;
    std::int64_t remaining;
    std::chrono::seconds reset_after;
  };

  explicit RateLimiter(CallCounts& counts, SharedCallCounts* shared = nullptr)
      : counts_(counts), shared_(shared) {}

  /// Takes one call of `key` from its `per_minute`.
  Task<Decision> take(std::string_view key, std::int64_t per_minute);
  /// The same by this process' counts, for where nothing may be waited for.
  Decision take_now(std::string_view key, std::int64_t per_minute);
  /// Whether take() may have to wait for others.
  bool is_shared() const { return shared_ != nullptr; }

 private:
  CallCounts& counts_;
  SharedCallCounts* const shared_;
};

/// RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset (seconds).
void add_rate_limit_headers(Response& response, RateLimiter::Decision const& decision);
/// 429 `RATE_LIMITED`, whose answer has Retry-After and the three headers too.
Error rate_limited(RateLimiter::Decision const& decision);

}  // namespace insighta::http
