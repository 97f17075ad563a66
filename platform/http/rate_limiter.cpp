#include "platform/http/rate_limiter.hpp"

#include <algorithm>
#include <string>

namespace insighta::http {

namespace {

RateLimiter::Decision decide(CallCount count, std::int64_t per_minute) {
  return {.is_allowed = count.taken <= per_minute,
          .limit = per_minute,
          .remaining = std::max<std::int64_t>(per_minute - count.taken, 0),
          .reset_after = std::max(std::chrono::ceil<std::chrono::seconds>(count.left),
                                  std::chrono::seconds{1})};
}

}  // namespace

RateLimiter::Decision RateLimiter::take_now(std::string_view key, std::int64_t per_minute) {
  return decide(counts_.add(key), per_minute);
}

Task<RateLimiter::Decision> RateLimiter::take(std::string_view key, std::int64_t per_minute) {
  if (shared_ != nullptr)
    if (auto const count = co_await shared_->add(key)) co_return decide(*count, per_minute);
  co_return take_now(key, per_minute);
}

void add_rate_limit_headers(Response& response, RateLimiter::Decision const& decision) {
  response.headers.set("RateLimit-Limit", std::to_string(decision.limit))
      .set("RateLimit-Remaining", std::to_string(decision.remaining))
      .set("RateLimit-Reset", std::to_string(decision.reset_after.count()));
}

Error rate_limited(RateLimiter::Decision const& decision) {
  return {.kind = ErrorKind::too_many_requests,
          .code = "RATE_LIMITED",
          .message = "Too many requests; try again later",
          .retry_after = decision.reset_after,
          .calls_per_minute = decision.limit};
}

}  // namespace insighta::http
