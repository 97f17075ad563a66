#include "backend/authorization_server.hpp"

#include "config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/response.hpp"
#include "platform/json/value.hpp"
#include "platform/log/log.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

constexpr std::string_view client_id = "insighta-portal";

std::string text_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  return std::string{member ? member->as_string().value_or("") : ""};
}

/// Whose token it is. Not verified: it came from the server itself, over the back channel.
std::optional<Uuid> subject_of(std::string_view access_token) {
  auto const first = access_token.find('.');
  auto const last = access_token.rfind('.');
  if (first == std::string_view::npos || first == last) return {};
  auto const payload = crypto::base64url_decode(access_token.substr(first + 1, last - first - 1));
  if (!payload) return {};
  auto const claims = json::Value::parse(*payload);
  return claims ? Uuid::parse(text_of(*claims, "sub")) : std::nullopt;
}

Error refusal_of(http::ClientResponse const& response) {
  auto const body = json::Value::parse(response.body);
  auto const reason = body ? text_of(*body, "error") : std::string{};
  if (response.status == 400 && reason == "invalid_grant")
    return unauthenticated("The session is over.", body ? text_of(*body, "reason") : "");
  auto error = http::decode_error(response.status, response.headers, response.body);
  if (error.kind == ErrorKind::unavailable || error.kind == ErrorKind::too_many_requests)
    return error;
  log::error("the authorization server refuses this portal",
             {{"status", std::int64_t{response.status}}, {"error", reason}});
  return bad_upstream("The sign-in server refused this portal.");
}

}  // namespace

std::string AuthorizationServer::authorize_url(std::string_view state,
                                               std::string_view verifier) const {
  auto const challenge = crypto::sha256(verifier);
  return config_.issuer + "/oauth/authorize?" +
         http::form_encoded({{"response_type", "code"},
                             {"client_id", std::string{client_id}},
                             {"redirect_uri", config_.redirect_uri()},
                             {"state", std::string{state}},
                             {"code_challenge", crypto::base64url(crypto::as_bytes(challenge))},
                             {"code_challenge_method", "S256"}});
}

Task<Result<Tokens>> AuthorizationServer::redeem(std::string code, std::string verifier,
                                                 Visitor const& visitor) {
  co_return co_await request_tokens({{"grant_type", "authorization_code"},
                                     {"code", std::move(code)},
                                     {"redirect_uri", config_.redirect_uri()},
                                     {"code_verifier", std::move(verifier)}},
                                    visitor);
}

Task<Result<Tokens>> AuthorizationServer::refresh(std::string refresh_token,
                                                  std::string attempt_key, Visitor const& visitor) {
  co_return co_await request_tokens(
      {{"grant_type", "refresh_token"}, {"refresh_token", std::move(refresh_token)}}, visitor,
      std::move(attempt_key));
}

Task<bool> AuthorizationServer::revoke(std::string refresh_token, Visitor const& visitor) {
  auto const response = co_await post(
      "/oauth/revoke", {{"token", std::move(refresh_token)}, {"token_type_hint", "refresh_token"}},
      visitor);
  co_return response && response->status == 200;
}

Task<std::optional<std::string>> AuthorizationServer::logout_url(std::string access_token,
                                                                 Visitor const& visitor) {
  auto const response =
      co_await post("/oauth/logout-token", {{"token", std::move(access_token)}}, visitor);
  if (!response || response->status != 200) co_return std::nullopt;
  auto const body = json::Value::parse(response->body);
  auto const hint = body ? text_of(*body, "logout_token") : std::string{};
  if (hint.empty()) co_return std::nullopt;
  co_return config_.issuer + "/oauth/logout?" +
      http::form_encoded({{"client_id", std::string{client_id}}, {"logout_token", hint}});
}

Task<Result<http::ClientResponse>> AuthorizationServer::post(std::string path, http::Pairs form,
                                                             Visitor const& visitor,
                                                             std::string attempt_key) {
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = config_.api_url + path;
  // RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
  auto const credentials =
      fmt::format("{}:{}", client_id, http::url_encoded(config_.client_secret.reveal()));
  request.headers.set("Authorization", "Basic " + crypto::base64(credentials));
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.headers.set("Accept", "application/json");
  request.headers.set("X-Person-Address", visitor.address);
  request.headers.set("X-Person-User-Agent", visitor.user_agent);
  if (!attempt_key.empty()) request.headers.set("Idempotency-Key", std::move(attempt_key));
  request.body = http::form_encoded(form);
  co_return co_await client_.send(std::move(request));
}

Task<Result<Tokens>> AuthorizationServer::request_tokens(http::Pairs form, Visitor const& visitor,
                                                         std::string attempt_key) {
  CO_TRY(auto response,
         co_await post("/oauth/token", std::move(form), visitor, std::move(attempt_key)));
  if (response.status != 200) co_return fail(refusal_of(response));
  auto const body = json::Value::parse(response.body);
  if (!body) co_return fail(bad_upstream("The sign-in server's answer cannot be read."));
  auto const lifetime = body->find("expires_in");
  Tokens tokens{{}, text_of(*body, "access_token"), text_of(*body, "refresh_token"), {}};
  auto const subject = subject_of(tokens.access_token);
  if (!subject || tokens.refresh_token.empty() || !lifetime || !lifetime->as_integer())
    co_return fail(bad_upstream("The sign-in server's answer is not complete."));
  tokens.user_id = *subject;
  tokens.access_expires_at = clock_.now() + std::chrono::seconds{*lifetime->as_integer()};
  co_return tokens;
}

}  // namespace insighta::portal
