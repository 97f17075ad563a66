#include "identity/handlers/short_form_handlers.hpp"

#include "identity/handlers/call_limits.hpp"
#include "identity/handlers/origin.hpp"
#include "identity/handlers/sign_in_pages.hpp"
#include "identity/services/client_service.hpp"
#include "identity/wire/token_json.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"
#include "platform/outcome/ensure.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using http::Request;
using http::Response;

Task<Result<json::Value>> read_object(Request& request) {
  auto const type = request.content_type();
  if (!type.empty() && type != "application/json")
    co_return fail(
        Error{ErrorKind::unsupported_type, "UNSUPPORTED_MEDIA_TYPE", "Expected application/json"});
  CO_TRY(auto body, co_await request.read_body());
  if (body.empty()) body = "{}";
  CO_TRY(auto document, json::Value::parse(body));
  if (!document.is_object()) co_return fail(bad_request("Expected a JSON object"));
  co_return document;
}

bool has_reason(Error const& error, std::string_view reason) {
  return std::ranges::any_of(error.fields, [&](FieldError const& field) {
    return field.field == "reason" && field.message == reason;
  });
}

Response token_response(IssuedTokens const& issued) {
  auto response = http::json_response(
      200, wire::short_token_answer({.access_token = issued.access_token,
                                     .refresh_token = issued.refresh_token,
                                     .expires_in = issued.expires_in,
                                     .refresh_expires_in = issued.refresh_expires_in,
                                     .scopes = issued.scopes,
                                     .user = issued.user}));
  make_private(response);
  return response;
}

}  // namespace

std::vector<http::Route> ShortFormHandlers::routes() {
  using enum http::Method;
  return {{post, "/auth/token", [this](Request& request) { return token(request); }},
          {post, "/auth/refresh", [this](Request& request) { return refresh(request); }},
          {post, "/auth/logout", [this](Request& request) { return logout(request); }}};
}

Task<Result<void>> ShortFormHandlers::charge_address(Request const& request) {
  return take_call(parts_.limiter, budget_of_address(request.peer_address), parts_.auth_per_minute);
}

Task<Client> ShortFormHandlers::cli() {
  auto client = co_await parts_.clients.find(cli_client);
  ensure(client.has_value(), "the command line is registered at start");
  co_return *std::move(client);
}

Task<Response> ShortFormHandlers::token(Request& request) {
  if (auto const paid = co_await charge_address(request); !paid)
    co_return http::error_response(paid.error(), request);
  auto const object = co_await read_object(request);
  if (!object) co_return http::error_response(object.error(), request);
  json::ObjectReader body(*object);
  CodeRedemption redemption;
  redemption.code = body.string("code");
  redemption.code_verifier = body.string("code_verifier");
  redemption.state = body.string("state");
  if (auto const checked = body.finish(); !checked)
    co_return http::error_response(checked.error(), request);
  auto const client = co_await cli();
  auto const issued = co_await parts_.tokens.redeem(client, redemption, origin_of_request(request));
  if (issued) {
    request.user_id = issued->user.id.to_string();
    co_return token_response(*issued);
  }
  auto error = issued.error();
  if (has_reason(error, "verifier") || has_reason(error, "state"))
    error = bad_request("PKCE verification failed", "PKCE_FAILED");
  else if (has_reason(error, "disabled"))
    error = forbidden("This account was deactivated", "ACCOUNT_DISABLED");
  else if (has_reason(error, "unknown"))
    error = unauthenticated("Invalid or expired code", "INVALID_CODE");
  else if (error.code == "invalid_grant")
    error = bad_request("Invalid or expired code", "INVALID_CODE");
  co_return http::error_response(error, request);
}

Task<Response> ShortFormHandlers::refresh(Request& request) {
  auto const object = co_await read_object(request);
  if (!object) co_return http::error_response(object.error(), request);
  json::ObjectReader body(*object);
  RefreshRequest wanted{
      .token = body.string("refresh_token"),
      .idempotency_key = std::string{request.header("Idempotency-Key").substr(0, 255)},
      .scopes = {}};
  if (auto const checked = body.finish(); !checked)
    co_return http::error_response(checked.error(), request);
  auto const client = co_await cli();
  if (auto const admitted = co_await limit_refresh(parts_.limiter, parts_.tokens, wanted,
                                                   parts_.refreshes_per_minute);
      !admitted)
    co_return http::error_response(admitted.error(), request);
  auto const issued = co_await parts_.tokens.refresh(client, wanted, origin_of_request(request));
  if (issued) {
    request.user_id = issued->user.id.to_string();
    co_return token_response(*issued);
  }
  if (issued.error().kind == ErrorKind::too_many_requests)
    co_return http::error_response(issued.error(), request);
  if (has_reason(issued.error(), "disabled"))
    co_return http::error_response(forbidden("This account was deactivated", "ACCOUNT_DISABLED"),
                                   request);
  if (has_reason(issued.error(), "unknown")) {
    if (auto const paid = co_await charge_address(request); !paid)
      co_return http::error_response(paid.error(), request);
  }
  co_return http::error_response(
      unauthenticated("Invalid or expired refresh token", "INVALID_REFRESH_TOKEN"), request);
}

Task<Response> ShortFormHandlers::logout(Request& request) {
  auto const object = co_await read_object(request);
  if (!object) co_return http::error_response(object.error(), request);
  json::ObjectReader body(*object);
  auto const token = body.string("refresh_token");
  if (auto const checked = body.finish(); !checked)
    co_return http::error_response(checked.error(), request);
  auto const client = co_await cli();
  auto const done = co_await parts_.tokens.revoke(client, token, origin_of_request(request));
  if (!done)
    co_return http::error_response(
        unauthenticated("The token belongs to another client", "INVALID_REFRESH_TOKEN"), request);
  if (!*done) {
    if (auto const paid = co_await charge_address(request); !paid)
      co_return http::error_response(paid.error(), request);
  }
  std::string text;
  json::Writer{text}
      .begin_object()
      .member("status", "success")
      .member("message", "Logged out")
      .end_object();
  auto response = http::json_response(200, std::move(text));
  make_private(response);
  co_return response;
}

}  // namespace insighta::identity
