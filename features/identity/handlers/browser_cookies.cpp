#include "identity/handlers/browser_cookies.hpp"

#include "identity/services/sign_in_service.hpp"

namespace insighta::identity {

namespace {

std::string port_suffix(std::string_view issuer) {
  if (!issuer.starts_with("http://")) return {};
  auto const colon = issuer.rfind(':');
  auto const port = issuer.substr(colon + 1);
  return port.starts_with("//") ? std::string{} : "-" + std::string{port};
}

}  // namespace

BrowserCookies::BrowserCookies(std::string_view issuer)
    : session_name_("__Host-Http-as" + port_suffix(issuer)),
      sign_in_prefix_("__Host-Http-astx" + port_suffix(issuer) + "-") {}

std::string_view BrowserCookies::session(http::Request const& request) const {
  return request.cookie(session_name_);
}

void BrowserCookies::set_session(http::Response& response, std::string secret) const {
  set_cookie(response, {.name = session_name_, .value = std::move(secret), .max_age_seconds = {}});
}

void BrowserCookies::clear_session(http::Response& response) const {
  set_cookie(response, {.name = session_name_, .value = "", .max_age_seconds = 0});
}

std::string BrowserCookies::sign_in_name(std::string_view suffix) const {
  return sign_in_prefix_ + std::string{suffix};
}

std::string_view BrowserCookies::sign_in(http::Request const& request,
                                         std::string_view suffix) const {
  return request.cookie(sign_in_name(suffix));
}

void BrowserCookies::set_sign_in(http::Response& response, std::string_view suffix,
                                 std::string secret) const {
  set_cookie(response, {.name = sign_in_name(suffix),
                        .value = std::move(secret),
                        .max_age_seconds = sign_in_lifetime.count()});
}

void BrowserCookies::clear_sign_in(http::Response& response, std::string_view suffix) const {
  set_cookie(response, {.name = sign_in_name(suffix), .value = "", .max_age_seconds = 0});
}

}  // namespace insighta::identity
