#pragma once

#include "platform/clock/clock.hpp"
#include "platform/http/client.hpp"
#include "platform/http/request.hpp"
#include "platform/uuid/uuid.hpp"

#include <optional>
#include <string>

namespace insighta::portal {

struct Config;

/// Whose browser a call is for; the authorization server tells people where they are signed in, and
/// limits each of them apart.
struct Visitor {
  std::string address;
  std::string user_agent;
};

/// What one sign-in or refresh gives.
struct Tokens {
  Uuid user_id;
  std::string access_token;
  std::string refresh_token;
  Instant access_expires_at;
};

/// The back channel to the authorization server, as client `insighta-portal`. Errors:
/// `unauthenticated` = the grant is over (invalid_grant); anything else says nothing about it.
class AuthorizationServer {
 public:
  AuthorizationServer(http::Client& client, Config const& config, Clock const& clock)
      : client_(client), config_(config), clock_(clock) {}

  /// The address a browser is sent to (spec auth.md section 1, step 2).
  std::string authorize_url(std::string_view state, std::string_view verifier) const;
  Task<Result<Tokens>> redeem(std::string code, std::string verifier, Visitor const& visitor);
  /// The same `attempt_key` may be sent again: it gets the same successor.
  Task<Result<Tokens>> refresh(std::string refresh_token, std::string attempt_key,
                               Visitor const& visitor);
  /// Ends the whole session there. False when that could not be said.
  Task<bool> revoke(std::string refresh_token, Visitor const& visitor);
  /// An address that ends the browser's session at the authorization server and comes back; nothing
  /// when it is away. Asked for before revoke().
  Task<std::optional<std::string>> logout_url(std::string access_token, Visitor const& visitor);

 private:
  Task<Result<http::ClientResponse>> post(std::string path, http::Pairs form,
                                          Visitor const& visitor, std::string attempt_key = "");
  Task<Result<Tokens>> request_tokens(http::Pairs form, Visitor const& visitor,
                                      std::string attempt_key = "");

  http::Client& client_;
  Config const& config_;
  Clock const& clock_;
};

}  // namespace insighta::portal
