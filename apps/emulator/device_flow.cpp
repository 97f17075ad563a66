#include "device_flow.hpp"

#include "oauth_answer.hpp"
#include "oauth_app.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"
#include "rest_answers.hpp"

#include <algorithm>
#include <span>

namespace insighta::templates {
std::span<html::EmbeddedTemplate const> emulator_pages();
}

namespace insighta::emulator {

namespace {

using namespace std::chrono_literals;
using http::Pairs;
using http::Request;
using http::Response;

constexpr auto lifetime = 900s;
constexpr auto slow_down_step = 5s;

/// XXXX-XXXX of letters that nobody mistakes for one another.
std::string random_user_code() {
  constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ";
  std::string code;
  for (char const byte : crypto::random_bytes(8)) {
    if (code.size() == 4) code += '-';
    code += letters[static_cast<unsigned char>(byte) % letters.size()];
  }
  return code;
}

}  // namespace

DeviceFlow::DeviceFlow(OAuthApp const& app, People& people, Grants& grants)
    : app_(app),
      people_(people),
      grants_(grants),
      templates_(templates::emulator_pages()),
      form_secret_(crypto::base64url(crypto::random_bytes(32))) {}

std::vector<http::Route> DeviceFlow::routes() {
  using enum http::Method;
  return {{post, "/login/device/code", [this](Request& request) { return start(request); }},
          {get, "/login/device",
           [this](Request& request) -> Task<Response> { co_return page(request); }},
          {post, "/login/device", [this](Request& request) { return decide(request); }}};
}

Task<Response> DeviceFlow::start(Request& request) {
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request.id);
  auto const form = oauth_parameters(request, *body);
  if (!form) co_return rest_message(400, "Problems parsing the body");
  if (value_of(*form, "client_id") != client_id) co_return rest_message(404, "Not Found");
  if (!app_.has_device_flow)
    co_return oauth_answer(
        request,
        oauth_error("device_flow_disabled", "Device Flow must be explicitly enabled for this App"));
  auto device_code = crypto::hex(crypto::random_bytes(20));
  auto const now = Clock::now();
  Attempt attempt{.user_code = random_user_code(),
                  .scope = value_of(*form, "scope"),
                  .expires = now + lifetime,
                  .earliest_poll = now};
  auto const user_code = attempt.user_code;
  attempts_.emplace(device_code, std::move(attempt));
  co_return oauth_answer(
      request,
      {{"device_code", std::move(device_code)},
       {"user_code", user_code},
       {"verification_uri", "http://" + std::string{request.header("Host")} + "/login/device"},
       {"expires_in", std::to_string(lifetime.count())},
       {"interval", "5"}});
}

Pairs DeviceFlow::poll(std::string const& device_code) {
  auto const it = attempts_.find(device_code);
  if (it == attempts_.end())
    return oauth_error("incorrect_device_code", "The device_code provided is not valid.");
  auto& attempt = it->second;
  auto const now = Clock::now();
  if (now >= attempt.expires) {
    attempts_.erase(it);
    return oauth_error("expired_token", "This device_code has expired.");
  }
  if (now < attempt.earliest_poll) {
    attempt.interval += slow_down_step;
    attempt.earliest_poll = now + attempt.interval;
    auto answer = oauth_error("slow_down", "Too many requests have been made in the interval.");
    answer.emplace_back("interval", std::to_string(attempt.interval.count()));
    return answer;
  }
  attempt.earliest_poll = now + attempt.interval;
  if (attempt.decision == Decision::open)
    return oauth_error("authorization_pending", "The authorization request is still pending.");
  auto const decided = std::move(attempt);
  attempts_.erase(it);
  if (decided.decision == Decision::denied)
    return oauth_error("access_denied", "The authorization request was denied.");
  auto scope = comma_separated(decided.scope);
  auto token = grants_.issue_token(decided.person, scope);
  return {
      {"access_token", std::move(token)}, {"scope", std::move(scope)}, {"token_type", "bearer"}};
}

Response DeviceFlow::page(Request const& request) {
  auto const query = request.query_pairs();
  html::Values values;
  values.set("CSRF_TOKEN", form_secret_);
  values.set("USER_CODE", query ? http::find(*query, "user_code").value_or("") : "");
  for (auto const& person : people_.all()) {
    auto& row = values.add("PERSON");
    row.set("LOGIN", person.login).set("NAME", person.name.value_or("")).set("ID", person.id);
    row.show_if("CHOSEN", &person == &people_.all().front());
  }
  return http::html_response(200, templates_.render("device.html", values));
}

Task<Response> DeviceFlow::decide(Request& request) {
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request.id);
  auto const form = http::parse_form(*body);
  if (!form || value_of(*form, "csrf_token") != form_secret_)
    co_return message(403, "This page has expired", "Open it again.");
  auto const user_code = value_of(*form, "user_code");
  auto const it = std::ranges::find_if(attempts_, [&](auto const& entry) {
    return entry.second.user_code == user_code && entry.second.decision == Decision::open &&
           Clock::now() < entry.second.expires;
  });
  if (it == attempts_.end())
    co_return message(404, "Unknown code", "Look at the device again and type its code.");
  auto const* person = people_.find(value_of(*form, "login"));
  if (person == nullptr) co_return message(404, "Not found", "There is nobody of this login.");
  it->second.person = person->id;
  bool const is_allowed = value_of(*form, "decision") == "authorize";
  it->second.decision = is_allowed ? Decision::allowed : Decision::denied;
  if (is_allowed)
    log::info("development sign-in of a device", {{"login", person->login}, {"id", person->id}});
  co_return message(200, is_allowed ? "Device authorized" : "Device refused",
                    "You may close this page.");
}

Response DeviceFlow::message(int status, std::string_view title, std::string_view text) const {
  html::Values values;
  values.set("TITLE", title).set("TEXT", text);
  return http::html_response(status, templates_.render("message.html", values));
}

}  // namespace insighta::emulator
