#include "identity/handlers/token_handlers.hpp"

#include "identity/handlers/call_limits.hpp"
#include "identity/handlers/origin.hpp"
#include "identity/handlers/sign_in_pages.hpp"
#include "identity/services/client_service.hpp"
#include "identity/services/device_service.hpp"
#include "identity/services/key_ring.hpp"
#include "identity/wire/token_json.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"

#include <algorithm>
#include <set>

namespace insighta::identity {

namespace {

using http::Request;
using http::Response;

constexpr std::size_t max_form_size = 64 * 1024;
constexpr std::size_t max_key_size = 255;

Error invalid_request(std::string description) {
  return bad_request(std::move(description), "invalid_request");
}

std::string value_of(http::Pairs const& form, std::string_view name) {
  return std::string{http::find(form, name).value_or("")};
}

/// A form with each parameter once. Nothing of it may stand in the query, where it would be logged
/// (RFC 6749 section 2.3.1).
Task<Result<http::Pairs>> read_form(Request& request) {
  if (!request.query.empty())
    co_return fail(invalid_request("Parameters belong into the body, not into the URL"));
  if (request.content_type() != "application/x-www-form-urlencoded")
    co_return fail(Error{ErrorKind::unsupported_type, "invalid_request",
                         "Expected application/x-www-form-urlencoded"});
  CO_TRY(auto body, co_await request.read_body(max_form_size));
  auto form = http::parse_form(body);
  if (!form) co_return fail(invalid_request("The form is not well-formed UTF-8"));
  std::set<std::string_view> seen;
  for (auto const& [name, value] : *form)
    if (!seen.insert(name).second)
      co_return fail(invalid_request("The parameter " + name + " is there twice"));
  co_return *std::move(form);
}

std::optional<std::string> form_decoded(std::string_view text) {
  auto const pairs = http::parse_form("v=" + std::string{text});
  if (!pairs || pairs->size() != 1) return {};
  return pairs->front().second;
}

/// Basic, where both halves are form-encoded first, or the body; never both.
Result<ClientCredentials> credentials_of(Request const& request, http::Pairs const& form) {
  auto const header = request.header("Authorization");
  auto const body_secret = http::find(form, "client_secret");
  if (header.empty()) {
    ClientCredentials credentials{.id = value_of(form, "client_id"), .secret = {}};
    if (body_secret) credentials.secret = std::string{*body_secret};
    return credentials;
  }
  if (body_secret)
    return fail(invalid_request("Expected client credentials in the header or the body, not both"));
  constexpr std::string_view scheme = "Basic ";
  auto const bytes = header.starts_with(scheme)
                         ? crypto::base64_decode(header.substr(scheme.size()))
                         : std::nullopt;
  auto const colon = bytes ? bytes->find(':') : std::string::npos;
  auto const refusal = unauthenticated("The client's credentials cannot be read", "invalid_client");
  if (colon == std::string::npos) return fail(refusal);
  auto const id = form_decoded(std::string_view{*bytes}.substr(0, colon));
  auto const secret = form_decoded(std::string_view{*bytes}.substr(colon + 1));
  if (!id || !secret) return fail(refusal);
  auto const named = http::find(form, "client_id");
  if (named && *named != *id)
    return fail(invalid_request("client_id is not the one of the Authorization header"));
  return ClientCredentials{.id = *id, .secret = *secret};
}

Response token_response(std::string body) {
  auto response = http::json_response(200, std::move(body));
  make_private(response);
  response.headers.set("Pragma", "no-cache");
  return response;
}

Response refused(Error const& error) {
  auto response = http::oauth_error_response(error);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

bool is_unknown(Error const& error) {
  return std::ranges::any_of(error.fields, [](FieldError const& field) {
    return field.field == "reason" && field.message == "unknown";
  });
}

}  // namespace

std::vector<http::Route> TokenHandlers::routes() {
  using enum http::Method;
  return {
      {post, "/oauth/token", [this](Request& request) { return token(request); }},
      {post, "/oauth/device_authorization",
       [this](Request& request) { return device_authorization(request); }},
      {post, "/oauth/revoke", [this](Request& request) { return revoke(request); }},
      {post, "/oauth/introspect", [this](Request& request) { return introspect(request); }},
      {post, "/oauth/logout-token", [this](Request& request) { return logout_token(request); }},
      {get, "/.well-known/oauth-authorization-server",
       [this](Request&) -> Task<Response> {
         auto response = http::json_response(200, wire::metadata(parts_.settings.issuer));
         response.headers.set("Cache-Control", "max-age=300");
         co_return response;
       }},
      {get, "/.well-known/jwks.json",
       [this](Request&) -> Task<Response> {
         auto response = http::json_response(200, parts_.keys.current()->jwks);
         response.headers.set("Cache-Control", "max-age=300");
         co_return response;
       }},
  };
}

Task<Result<TokenHandlers::Call>> TokenHandlers::authenticated_call(Request& request) {
  CO_TRY(auto form, co_await read_form(request));
  CO_TRY(auto credentials, credentials_of(request, form));
  auto client = co_await parts_.clients.authenticate(credentials);
  if (!client) {
    // Guessing secrets is paid from the address' budget.
    CO_TRY_VOID(co_await charge_address(request));
    co_return fail(client.error());
  }
  CO_TRY_VOID(co_await charge_client(*client, request));
  auto origin = origin_of_call(request, *client);
  co_return Call{
      .form = std::move(form), .client = *std::move(client), .origin = std::move(origin)};
}

Task<Result<void>> TokenHandlers::charge_address(Request const& request) {
  return take_call(parts_.limiter, budget_of_address(request.peer_address), parts_.auth_per_minute);
}

Task<Result<void>> TokenHandlers::charge_client(Client const& client, Request const& request) {
  if (!client.is_confidential) co_return Result<void>{};
  auto budget = "client:" + client.id;
  // One person behind the portal does not use up what the others need.
  if (speaks_for_person(request, client))
    budget += ":" + http::network_of(origin_of_call(request, client).address);
  co_return co_await take_call(parts_.limiter, std::move(budget), parts_.client_per_minute);
}

Task<Response> TokenHandlers::token(Request& request) {
  auto const call = co_await authenticated_call(request);
  if (!call) co_return refused(call.error());
  auto const issued = co_await grant(*call, request);
  if (!issued) co_return refused(issued.error());
  request.user_id = issued->user.id.to_string();
  co_return token_response(
      wire::oauth_token_answer({.access_token = issued->access_token,
                                .refresh_token = issued->refresh_token,
                                .expires_in = issued->expires_in,
                                .refresh_expires_in = issued->refresh_expires_in,
                                .scopes = issued->scopes,
                                .user = issued->user}));
}

Task<Result<IssuedTokens>> TokenHandlers::grant(Call const& call, Request const& request) {
  auto const word = value_of(call.form, "grant_type");
  if (word.empty()) co_return fail(invalid_request("Expected grant_type"));
  auto const type = parse_grant_type(word);
  if (!type)
    co_return fail(bad_request("This grant_type is not supported", "unsupported_grant_type"));
  if (!call.client.may(*type))
    co_return fail(bad_request("This client may not use this grant_type", "unauthorized_client"));
  switch (*type) {
    case GrantType::authorization_code:
      co_return co_await redeem(call, request);
    case GrantType::refresh_token:
      co_return co_await charge_guess(call, request, co_await refresh(call, request));
    case GrantType::device_code:
      co_return co_await charge_guess(call, request, co_await redeem_device(call));
  }
  co_return fail(bad_request("This grant_type is not supported", "unsupported_grant_type"));
}

Task<Result<IssuedTokens>> TokenHandlers::redeem(Call const& call, Request const& request) {
  if (!call.client.is_confidential) CO_TRY_VOID(co_await charge_address(request));
  CodeRedemption redemption{.code = value_of(call.form, "code"),
                            .code_verifier = value_of(call.form, "code_verifier"),
                            .redirect_uri = {},
                            .state = {}};
  if (redemption.code.empty()) co_return fail(invalid_request("Expected code"));
  if (redemption.code_verifier.empty()) co_return fail(invalid_request("Expected code_verifier"));
  if (auto const uri = http::find(call.form, "redirect_uri"))
    redemption.redirect_uri = std::string{*uri};
  co_return co_await parts_.tokens.redeem(call.client, redemption, call.origin);
}

Task<Result<IssuedTokens>> TokenHandlers::refresh(Call const& call, Request const& request) {
  RefreshRequest wanted{.token = value_of(call.form, "refresh_token"),
                        .idempotency_key = std::string{request.header("Idempotency-Key")},
                        .scopes = {}};
  if (wanted.token.empty()) co_return fail(invalid_request("Expected refresh_token"));
  if (wanted.idempotency_key.size() > max_key_size)
    co_return fail(invalid_request("Expected an Idempotency-Key of at most 255 characters"));
  if (auto const scope = http::find(call.form, "scope"); scope && !scope->empty()) {
    wanted.scopes = wire::parse_scopes(*scope);
    if (!wanted.scopes) co_return fail(bad_request("A scope is unknown", "invalid_scope"));
  }
  CO_TRY_VOID(
      co_await limit_refresh(parts_.limiter, parts_.tokens, wanted, parts_.refreshes_per_minute));
  co_return co_await parts_.tokens.refresh(call.client, wanted, call.origin);
}

Task<Result<IssuedTokens>> TokenHandlers::charge_guess(Call const& call, Request const& request,
                                                       Result<IssuedTokens> issued) {
  // What is known pays nothing: it proves a sign-in, or one that has begun.
  if (!issued && is_unknown(issued.error()) && !call.client.is_confidential)
    CO_TRY_VOID(co_await charge_address(request));
  co_return issued;
}

Task<Result<IssuedTokens>> TokenHandlers::redeem_device(Call const& call) {
  auto const code = value_of(call.form, "device_code");
  if (code.empty()) co_return fail(invalid_request("Expected device_code"));
  co_return co_await parts_.devices.redeem(call.client, code, call.origin);
}

Task<Response> TokenHandlers::device_authorization(Request& request) {
  auto const call = co_await authenticated_call(request);
  if (!call) co_return refused(call.error());
  auto const& client = call->client;
  if (!client.is_confidential)
    if (auto const paid = co_await charge_address(request); !paid) co_return refused(paid.error());
  if (!client.may(GrantType::device_code))
    co_return refused(bad_request("This client may not sign devices in", "unauthorized_client"));
  auto scopes = wire::parse_scopes(value_of(call->form, "scope"));
  if (!scopes || !client.may_ask(*scopes))
    co_return refused(bad_request("A scope is unknown or not this client's", "invalid_scope"));
  if (scopes->empty()) scopes = client.scopes;
  auto const begun = co_await parts_.devices.begin(client, *std::move(scopes), call->origin);
  co_return token_response(
      wire::device_answer({.device_code = begun.device_code,
                           .user_code = begun.user_code,
                           .verification_uri = parts_.settings.issuer + "/oauth/device",
                           .expires_in = begun.expires_in,
                           .interval = begun.interval}));
}

Task<Response> TokenHandlers::revoke(Request& request) {
  auto const call = co_await authenticated_call(request);
  if (!call) co_return refused(call.error());
  auto const token = value_of(call->form, "token");
  if (token.empty()) co_return refused(invalid_request("Expected token"));
  auto const done = co_await parts_.tokens.revoke(call->client, token, call->origin);
  if (!done) co_return refused(done.error());
  // Guesses are paid by their address, as with refreshing.
  if (!*done && !call->client.is_confidential)
    if (auto const paid = co_await charge_address(request); !paid) co_return refused(paid.error());
  Response response;
  make_private(response);
  co_return response;
}

Task<Response> TokenHandlers::introspect(Request& request) {
  auto const call = co_await authenticated_call(request);
  if (!call) co_return refused(call.error());
  if (!call->client.is_confidential)
    co_return refused(unauthenticated("Introspection needs a client secret", "invalid_client"));
  auto const facts = co_await parts_.tokens.introspect(value_of(call->form, "token"));
  if (!facts) co_return token_response(R"({"active":false})");
  co_return token_response(
      wire::introspection_answer({.user_id = facts->user_id.to_string(),
                                  .username = facts->username,
                                  .client_id = facts->client_id,
                                  .scopes = facts->scopes,
                                  .session_id = facts->session_id.to_string(),
                                  .expires_at = facts->expires_at,
                                  .issued_at = facts->issued_at,
                                  .issuer = parts_.settings.issuer,
                                  .is_refresh_token = facts->is_refresh_token}));
}

Task<Response> TokenHandlers::logout_token(Request& request) {
  auto const call = co_await authenticated_call(request);
  if (!call) co_return refused(call.error());
  if (!call->client.is_confidential)
    co_return refused(unauthenticated("This needs a client secret", "invalid_client"));
  auto const hint =
      co_await parts_.tokens.make_logout_token(call->client, value_of(call->form, "token"));
  if (!hint) co_return refused(hint.error());
  std::string body;
  json::Writer{body}.begin_object().member("logout_token", *hint).end_object();
  co_return token_response(std::move(body));
}

}  // namespace insighta::identity
