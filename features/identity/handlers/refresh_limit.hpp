#pragma once

#include "identity/domain/ids.hpp"
#include "platform/http/rate_limiter.hpp"
#include "platform/outcome/result.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace insighta::identity {

/// Counts refreshes per session (spec api.md section 1): what RefreshRequest::admit takes. 429 when
/// the session has refreshed too often.
inline std::function<Result<void>(SessionId)> refresh_limit(http::RateLimiter& limiter,
                                                            std::int64_t per_minute) {
  return [&limiter, per_minute](SessionId session) -> Result<void> {
    auto const decision = limiter.take("refresh:" + session.to_string(), per_minute);
    if (!decision.is_allowed) return fail(http::rate_limited(decision));
    return {};
  };
}

}  // namespace insighta::identity
