#pragma once

#include "identity/handlers/browser_cookies.hpp"
#include "identity/handlers/route.hpp"
#include "identity/handlers/sign_in_pages.hpp"
#include "identity/services/authorization_service.hpp"
#include "identity/services/sign_in_service.hpp"
#include "platform/http/rate_limiter.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace insighta::identity {

class ClientService;
class ConsentService;
class TokenService;

/// Where browsers come by: /oauth/authorize, its confirm page, the provider's callback, the short
/// form /auth/github, and sign-out (spec auth.md section 1, api.md section 2).
class AuthorizeHandlers {
 public:
  struct Parts {
    AuthorizationService& authorization;
    SignInService& sign_ins;
    ClientService& clients;
    ConsentService& consents;
    TokenService& tokens;
    SignInPages const& pages;
    http::RateLimiter& limiter;
    Settings const& settings;
    std::int64_t auth_per_minute = 10;  ///< per peer address
  };
  explicit AuthorizeHandlers(Parts parts);

  std::vector<http::Route> routes();

  /// 429 when this address has asked too often.
  Task<std::optional<http::Response>> limited(http::Request const& request) const;
  /// Sends the browser to sign in; `pending` says what for. With several providers and none chosen
  /// by the parameter `provider`, a page where the person chooses comes first.
  Task<http::Response> to_provider(PendingRequest pending, http::Request const& request);
  /// The same by a page, for what began with a form.
  Task<http::Response> forward_to_provider(PendingRequest pending);

 private:
  Task<http::Response> authorize(http::Request& request);
  Task<http::Response> confirm(http::Request& request);
  Task<http::Response> callback(http::Request& request, std::string_view provider);
  Task<http::Response> github(http::Request& request);
  Task<http::Response> logout(http::Request& request);

  /// Signed in: a code at once, or the confirm page first.
  Task<http::Response> go_on(PendingRequest const& pending, Client const& client, User const& user,
                             Instant auth_time, std::string_view browser_session,
                             http::Request const& request);
  /// To the client with its code.
  Task<http::Response> finish(PendingRequest const& pending, User const& user, Instant auth_time);
  Task<http::Response> after_sign_in(CompletedSignIn const& done, http::Request const& request);
  http::Response tell_changed() const;
  http::Response cannot_begin(Error const& error) const;
  http::Response tell_error(PendingRequest const& pending, Error const& error) const;

  Parts parts_;
  BrowserCookies cookies_;
};

}  // namespace insighta::identity
