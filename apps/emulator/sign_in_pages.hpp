#pragma once

#include "grants.hpp"
#include "oauth_app.hpp"
#include "people.hpp"
#include "platform/html/page.hpp"
#include "platform/http/router.hpp"

#include <vector>

namespace insighta::emulator {

/// GET and POST /login/oauth/authorize: who is it, and may the app know?
class SignInPages {
 public:
  SignInPages(OAuthApp const& app, People& people, Grants& grants);
  std::vector<http::Route> routes();

 private:
  Task<http::Response> ask(http::Request& request);
  Task<http::Response> decide(http::Request& request);
  http::Response page(std::string const& secret, std::string_view preselected) const;
  http::Response message(int status, std::string_view title, std::string_view text) const;
  http::Response allow(Person const& person, AuthorizationRequest request);

  OAuthApp const& app_;
  People& people_;
  Grants& grants_;
  html::Templates templates_;
};

}  // namespace insighta::emulator
