#pragma once

#include "identity/handlers/authorize_handlers.hpp"
#include "identity/services/account_service.hpp"

#include <vector>

namespace insighta::identity {

/// /oauth/link: the accounts at providers by which the person signs in, and linking another one.
/// Only while signed in, and confirmed by a form of this browser.
class LinkHandlers {
 public:
  struct Parts {
    AccountService& accounts;
    SignInService& sign_ins;
    AuthorizeHandlers& authorize;
    SignInPages const& pages;
    Settings const& settings;
  };
  explicit LinkHandlers(Parts parts) : parts_(parts), cookies_(parts.settings.issuer) {}

  std::vector<http::Route> routes();

 private:
  Task<http::Response> show(http::Request& request);
  Task<http::Response> link(http::Request& request);

  Parts parts_;
  BrowserCookies cookies_;
};

}  // namespace insighta::identity
