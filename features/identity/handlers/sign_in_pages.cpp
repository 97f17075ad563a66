#include "identity/handlers/sign_in_pages.hpp"

#include <fmt/format.h>

#include <span>

namespace insighta::templates {
std::span<html::EmbeddedTemplate const> sign_in_pages();
}
namespace insighta::embedded {
std::string_view sign_in_style();
}

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;

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

std::string in_words(std::chrono::milliseconds life) {
  using namespace std::chrono;
  if (life >= 48h) return fmt::format("{} days", floor<days>(life).count());
  if (life >= 2h) return fmt::format("{} hours", floor<hours>(life).count());
  if (life >= 2min) return fmt::format("{} minutes", floor<minutes>(life).count());
  return fmt::format("{} seconds", floor<seconds>(life).count());
}

/// What form-action must allow for a POST to end at this redirect. Its grammar knows no IPv6
/// addresses, so that only the scheme can be named for one.
std::string form_target(std::string_view redirect_uri) {
  if (redirect_uri.starts_with("http://[")) return "http:";
  return origin_of(redirect_uri);
}

}  // namespace

SignInPages::SignInPages(bool is_development, std::chrono::milliseconds session_life)
    : is_development_(is_development),
      session_life_(in_words(session_life)),
      templates_(templates::sign_in_pages()) {}

html::Values SignInPages::frame(std::string_view title) const {
  html::Values values;
  values.set("TITLE", title);
  values.show_if("DEVELOPMENT", is_development_);
  return values;
}

http::Response SignInPages::page(int status, html::Values const& values,
                                 std::string const& form_action) const {
  auto response = http::html_response(status, templates_.render("frame.html", values));
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

http::Response SignInPages::confirm(Confirmation const& asked) const {
  auto const& client = asked.client;
  auto all = frame("Sign in to " + client.name);
  auto& values = all.include("MAIN", "confirm.html");
  values.set("CLIENT", client.name)
      .set("LOGIN", asked.user.account.login)
      .set("ADDRESS", asked.address)
      .set("LIFE", session_life_)
      .set("CSRF_TOKEN", asked.ticket);
  values.show_if("ON_THIS_COMPUTER", client.id == cli_client);
  if (!client.is_first_party) values.add("OTHER").set("REDIRECT", origin_of(asked.redirect_uri));
  for (auto const& notice : asked.notices)
    values.add("NOTICE")
        .set("NOTICE_CLIENT", notice.client_name)
        .set("NOTICE_AT", to_rfc3339(notice.at))
        .set("NOTICE_ADDRESS", notice.address)
        .set("NOTICE_OTHER_ADDRESS", notice.other_address);
  for (auto const scope : asked.scopes) values.add("SCOPE").set("MEANING", meaning_of(scope));
  // The POST ends in a redirect to the client, which form-action covers as well.
  return page(200, all, " " + form_target(asked.redirect_uri));
}

http::Response SignInPages::device(DevicePage const& asked) const {
  auto const& grant = asked.grant;
  bool const is_same = grant.origin.address == asked.address;
  auto all = frame("Sign a device in");
  auto& values = all.include("MAIN", "device.html");
  values.set("CLIENT", asked.client.name)
      .set("LOGIN", asked.user.account.login)
      .set("USER_CODE", asked.user_code)
      .set("AGE", std::chrono::floor<std::chrono::seconds>(asked.now - grant.created_at).count())
      .set("DEVICE_ADDRESS", grant.origin.address)
      .set("DEVICE_AGENT",
           grant.origin.user_agent.empty() ? "a program without a name" : grant.origin.user_agent)
      .set("ADDRESS", asked.address)
      .set("LIFE", session_life_)
      .set("CSRF_TOKEN", asked.csrf_token);
  values.show_if("SAME_ADDRESS", is_same).show_if("OTHER_ADDRESS", !is_same);
  for (auto const scope : grant.scopes) values.add("SCOPE").set("MEANING", meaning_of(scope));
  return page(200, all);
}

http::Response SignInPages::type_code(int status, User const& user, std::string_view csrf_token,
                                      std::string_view fault) const {
  auto all = frame(fault.empty() ? "Sign a device in" : "Error: Sign a device in");
  auto& values = all.include("MAIN", "type_code.html");
  values.set("LOGIN", user.account.login).set("CSRF_TOKEN", csrf_token).set("FAULT_TEXT", fault);
  values.show_if("FAULT", !fault.empty());
  return page(status, all);
}

http::Response SignInPages::choose(
    std::vector<std::pair<std::string, std::string>> const& choices) const {
  auto all = frame("Sign in");
  auto& values = all.include("MAIN", "choose.html");
  for (auto const& [title, url] : choices)
    values.add("PROVIDER").set("PROVIDER_TITLE", title).set("URL", url);
  return page(200, all);
}

http::Response SignInPages::link(LinkPage const& asked) const {
  auto all = frame("Sign-in accounts");
  auto& values = all.include("MAIN", "link.html");
  values.set("LOGIN", asked.user.account.login).set("CSRF_TOKEN", asked.csrf_token);
  for (auto const& [title, account] : asked.linked)
    values.add("LINKED").set("PROVIDER_TITLE", title).set("ACCOUNT", account);
  for (auto const& [name, title] : asked.linkable)
    values.add("LINKABLE").set("PROVIDER_NAME", name).set("PROVIDER_TITLE", title);
  return page(200, all);
}

http::Response SignInPages::forward(std::string_view title, std::string_view url) const {
  auto all = frame("Going on");
  all.add("FORWARD").set("URL", url);
  all.include("MAIN", "forward.html").set("PROVIDER_TITLE", title).set("URL", url);
  return page(200, all);
}

http::Response SignInPages::message(int status, std::string_view title,
                                    std::string_view text) const {
  auto all = frame(title);
  all.include("MAIN", "message.html").set("TITLE", title).set("TEXT", text);
  return page(status, all);
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
