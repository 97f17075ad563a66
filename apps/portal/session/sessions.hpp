#pragma once

#include "backend/authorization_server.hpp"
#include "platform/async/event_loop.hpp"
#include "session/session_store.hpp"

#include <optional>
#include <string>

namespace insighta::portal {

/// The life of signed-in browsers: begun by a sign-in, kept fresh without anybody noticing, ended
/// by signing out or by the authorization server. One per event loop; replicas and tabs meet in the
/// database, where one of them gets to refresh and the others wait for what it stores.
class Sessions {
 public:
  Sessions(EventLoop& loop, SessionStore& store, AuthorizationServer& server, Clock const& clock)
      : loop_(loop), store_(store), server_(server), clock_(clock) {}

  /// The session of a cookie's value; nothing when there is none (any more).
  Task<std::optional<Session>> find(std::string cookie);
  /// A new one; gives the cookie's value.
  Task<std::string> begin(Tokens tokens);
  /// Replaces an access token that is about to expire. `unauthenticated`: the session is over and
  /// gone; other errors leave it as it is.
  Task<Result<void>> keep_fresh(Session& session, Visitor const& visitor);
  /// The same whatever the time: for a token that the API refuses.
  Task<Result<void>> refresh(Session& session, Visitor const& visitor);
  /// Ends it here and at the authorization server; false when the latter did not answer.
  Task<bool> end(std::string id_hash, Visitor const& visitor);

  static std::string hash_of(std::string_view cookie);

 private:
  Task<Result<void>> use_claim(Session& session, std::string attempt_key, Visitor const& visitor);

  EventLoop& loop_;
  SessionStore& store_;
  AuthorizationServer& server_;
  Clock const& clock_;
};

}  // namespace insighta::portal
