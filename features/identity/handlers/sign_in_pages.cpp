#include "identity/handlers/sign_in_pages.hpp"

#include <span>

namespace insighta::templates {
std::span<html::EmbeddedTemplate const> sign_in_pages();
}
namespace insighta::embedded {
std::string_view sign_in_style();
}

namespace insighta::identity {

namespace {

std::string_view meaning_of(Scope scope) {
  switch (scope) {
    case Scope::read:
      return "See what you may see";
    case Scope::write:
      return "Change what you may change";
    case Scope::admin:
      return "Administer what you may administer";
  }
  return "";
}

/// What form-action must allow for a POST to end at this redirect. Its grammar knows no IPv6
/// addresses, so that only the scheme can be named for one.
std::string form_target(std::string_view redirect_uri) {
  return redirect_uri.starts_with("http://[") ? "http:" : origin_of(redirect_uri);
}

http::Response page(int status, std::string html, std::string const& form_action) {
  auto response = http::html_response(status, std::move(html));
  make_private(response);
  response.headers
      .set("Content-Security-Policy",
           "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
           "form-action 'self'" +
               form_action)
      .set("Cross-Origin-Opener-Policy", "same-origin")
      .set("Cross-Origin-Resource-Policy", "same-origin")
      .set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  return response;
}

}  // namespace

SignInPages::SignInPages(bool is_development)
    : is_development_(is_development), templates_(templates::sign_in_pages()) {}

http::Response SignInPages::confirm(Client const& client, User const& user,
                                    std::vector<Scope> const& scopes, std::string_view address,
                                    std::string_view ticket, std::string_view redirect_uri) const {
  html::Values values;
  values.show_if("DEVELOPMENT", is_development_);
  values.set("CLIENT", client.name)
      .set("LOGIN", user.account.login)
      .set("ADDRESS", address)
      .set("CSRF_TOKEN", ticket);
  values.show_if("ON_THIS_COMPUTER", !client.is_confidential);
  for (auto const scope : scopes) values.add("SCOPE").set("MEANING", meaning_of(scope));
  // The POST ends in a redirect to the client, which form-action covers as well.
  return page(200, templates_.render("confirm.html", values), " " + form_target(redirect_uri));
}

http::Response SignInPages::message(int status, std::string_view title,
                                    std::string_view text) const {
  html::Values values;
  values.show_if("DEVELOPMENT", is_development_);
  values.set("TITLE", title).set("TEXT", text);
  return page(status, templates_.render("message.html", values), "");
}

void make_private(http::Response& response) {
  response.headers.set("Cache-Control", "no-store")
      .set("Referrer-Policy", "no-referrer")
      .set("X-Content-Type-Options", "nosniff");
}

http::Response sign_in_style() {
  auto response = http::text_response(200, std::string{embedded::sign_in_style()});
  response.headers.set("Content-Type", "text/css; charset=utf-8")
      .set("Cache-Control", "max-age=300");
  return response;
}

}  // namespace insighta::identity
