#include "identity/handlers/device_handlers.hpp"

#include "identity/handlers/origin.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/error_response.hpp"

namespace insighta::identity {

namespace {

using http::Request;
using http::Response;

constexpr std::string_view path = "/oauth/device";

std::string value_of(http::Pairs const& pairs, std::string_view name) {
  return std::string{http::find(pairs, name).value_or("")};
}

}  // namespace

std::vector<http::Route> DeviceHandlers::routes() {
  using enum http::Method;
  return {
      {get, path, [this](Request& request) { return show(request); }},
      {post, path, [this](Request& request) { return answer(request); }},
  };
}

Task<std::optional<DeviceVisitor>> DeviceHandlers::visitor_of(Request const& request) {
  auto const browser_session = cookies_.session(request);
  auto signed_in = co_await parts_.sign_ins.current(browser_session);
  if (!signed_in) co_return std::nullopt;
  co_return DeviceVisitor{.signed_in = *std::move(signed_in),
                          .browser_session = browser_session,
                          .origin = origin_of_request(request)};
}

Task<Response> DeviceHandlers::sign_in_first(std::string const& user_code, Request const& request) {
  PendingRequest pending;
  pending.return_path = std::string{path};
  if (!user_code.empty())
    pending.return_path += "?" + http::form_encoded({{"user_code", user_code}});
  co_return co_await parts_.authorize.to_provider(std::move(pending), request);
}

Task<Response> DeviceHandlers::show(Request& request) {
  if (auto refusal = co_await parts_.authorize.limited(request)) co_return std::move(*refusal);
  auto const query = request.query_pairs();
  if (!query) co_return parts_.pages.message(400, "Bad request", query.error().message);
  auto const user_code = value_of(*query, "user_code");
  auto const visitor = co_await visitor_of(request);
  if (!visitor) co_return co_await sign_in_first(user_code, request);
  co_return co_await page_for(user_code, *visitor);
}

Task<Response> DeviceHandlers::page_for(std::string const& user_code,
                                        DeviceVisitor const& visitor) {
  auto const csrf_token = parts_.sign_ins.csrf_token(visitor.browser_session);
  if (user_code.empty())
    co_return parts_.pages.type_code(200, visitor.signed_in.user, csrf_token, "");
  auto const asked = co_await parts_.devices.find(user_code, visitor);
  if (!asked) co_return refused(asked.error(), visitor);
  co_return parts_.pages.device({.client = asked->client,
                                 .grant = asked->grant,
                                 .user = visitor.signed_in.user,
                                 .user_code = shown_user_code(*read_user_code(user_code)),
                                 .address = visitor.origin.address,
                                 .csrf_token = csrf_token,
                                 .now = parts_.clock.now()});
}

Task<Response> DeviceHandlers::answer(Request& request) {
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request);
  auto const form = http::parse_form(*body);
  auto const visitor = co_await visitor_of(request);
  bool const is_own_form =
      form && visitor &&
      crypto::equal_in_constant_time(value_of(*form, "csrf_token"),
                                     parts_.sign_ins.csrf_token(visitor->browser_session));
  if (!is_own_form)
    co_return parts_.pages.message(403, "Start again",
                                   "This page has expired, or nobody is signed in any more.");
  auto const user_code = value_of(*form, "user_code");
  auto const decision = value_of(*form, "decision");
  if (decision != "approve" && decision != "decline")
    co_return co_await page_for(user_code, *visitor);

  auto const done = co_await parts_.devices.decide(user_code, decision == "approve", *visitor);
  if (!done && done.error().code == "FRESH_SIGN_IN_NEEDED")
    co_return co_await sign_in_first(user_code, request);
  if (!done) co_return refused(done.error(), *visitor);
  co_return decision == "approve"
      ? parts_.pages.message(200, "The device is signed in",
                             done->client.name + " goes on by itself. You can close this page.")
      : parts_.pages.message(200, "Declined", "The device is not signed in.");
}

Response DeviceHandlers::refused(Error const& error, DeviceVisitor const& visitor) const {
  auto const status = http::status_of(error.kind);
  if (error.kind == ErrorKind::not_found)
    return parts_.pages.type_code(status, visitor.signed_in.user,
                                  parts_.sign_ins.csrf_token(visitor.browser_session),
                                  error.message);
  auto response = parts_.pages.message(status, "This device cannot be signed in", error.message);
  if (error.retry_after.count() > 0)
    response.headers.set("Retry-After", std::to_string(error.retry_after.count()));
  return response;
}

}  // namespace insighta::identity
