#pragma once

#include "identity/domain/actor.hpp"
#include "platform/http/rate_limiter.hpp"
#include "platform/http/router.hpp"

#include <cstdint>
#include <memory>

namespace insighta::identity {
class Authenticator;
}

namespace insighta::api {

/// What stands before every route of a signed-in person: who asks, how often, and whether their
/// role and token may. One per worker.
class Guard {
 public:
  using Guarded = http::GuardedRoute<identity::Permission, identity::Actor>;

  Guard(identity::Authenticator& authenticator, http::RateLimiter& limiter,
        std::int64_t user_per_minute)
      : authenticator_(authenticator), limiter_(limiter), user_per_minute_(user_per_minute) {}

  http::Route around(Guarded route);

 private:
  Task<Result<identity::Actor>> authenticate(http::Request& request);
  Task<http::Response> answer(http::Request& request, Guarded const& route);

  identity::Authenticator& authenticator_;
  http::RateLimiter& limiter_;
  std::int64_t const user_per_minute_;
};

}  // namespace insighta::api
