#pragma once

#include "identity/services/token_service.hpp"
#include "platform/http/peer_address.hpp"
#include "platform/http/rate_limiter.hpp"

#include <cstdint>
#include <string>

namespace insighta::identity {

/// Takes one call of a budget such as `auth:<address>` or `client:<id>`; 429 when it is used up.
inline Task<Result<void>> take_call(http::RateLimiter& limiter, std::string budget,
                                    std::int64_t per_minute) {
  auto const decision = co_await limiter.take(budget, per_minute);
  if (!decision.is_allowed) co_return fail(http::rate_limited(decision));
  co_return Result<void>{};
}

/// What strangers at one address share (spec api.md section 1).
inline std::string budget_of_address(std::string const& address) {
  return "auth:" + http::network_of(address);
}

/// Counts refreshes per session: 429 when the session of `wanted` has refreshed too often. Counts
/// of this process are asked in the refresh's own transaction, before anything changes. Shared ones
/// are asked ahead of it, for the price of one more query: nobody may wait for another server
/// while holding the session's lock.
inline Task<Result<void>> limit_refresh(http::RateLimiter& limiter, TokenService& tokens,
                                        RefreshRequest& wanted, std::int64_t per_minute) {
  auto const budget = [](SessionId session) { return "refresh:" + session.to_string(); };
  if (limiter.is_shared()) {
    auto const session = co_await tokens.find_session(wanted.token);
    if (!session) co_return Result<void>{};
    co_return co_await take_call(limiter, budget(*session), per_minute);
  }
  wanted.admit = [&limiter, budget, per_minute](SessionId session) -> Result<void> {
    auto const decision = limiter.take_now(budget(session), per_minute);
    if (!decision.is_allowed) return fail(http::rate_limited(decision));
    return {};
  };
  co_return Result<void>{};
}

}  // namespace insighta::identity
