#pragma once

#include "identity/domain/actor.hpp"
#include "identity/services/access_tokens.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"

#include <string_view>

namespace insighta::identity {

class SessionRepository;

/// Turns the Authorization header of a request into who is asking. One per event loop.
class Authenticator {
 public:
  Authenticator(AccessTokens& tokens, SessionRepository& sessions, Clock const& clock)
      : tokens_(tokens), sessions_(sessions), clock_(clock) {}

  /// 401 without a bearer token, 401 `INVALID_TOKEN` for a token or session that is over, 403
  /// `ACCOUNT_DISABLED`. Reads the session and the person anew for every request, so that a
  /// revocation, a deactivation or a role counts at once.
  Task<Result<Actor>> authenticate(std::string_view authorization);

 private:
  AccessTokens& tokens_;
  SessionRepository& sessions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
