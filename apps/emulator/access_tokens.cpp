#include "access_tokens.hpp"

#include "oauth_answer.hpp"
#include "oauth_app.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/value.hpp"
#include "rest_answers.hpp"

namespace insighta::emulator {

namespace {

using http::Request;
using http::Response;

constexpr std::string_view device_grant = "urn:ietf:params:oauth:grant-type:device_code";

Response refused(Request const& request, std::string error, std::string description) {
  return oauth_answer(request, oauth_error(std::move(error), std::move(description)));
}

bool matches_challenge(std::string const& challenge, std::string const& verifier) {
  if (challenge.empty()) return true;
  auto const digest = crypto::sha256(verifier);
  return crypto::base64url(crypto::as_bytes(digest)) == challenge;
}

}  // namespace

std::vector<http::Route> AccessTokens::routes() {
  using enum http::Method;
  return {
      {post, "/login/oauth/access_token", [this](Request& request) { return exchange(request); }},
      {del, "/applications/{client_id}/token",
       [this](Request& request) { return revoke(request); }}};
}

Task<Response> AccessTokens::exchange(Request& request) {
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request.id);
  auto const form = oauth_parameters(request, *body);
  if (!form) co_return rest_message(400, "Problems parsing the body");
  auto const grant = value_of(*form, "grant_type");
  if (grant == device_grant) {
    if (value_of(*form, "client_id") != client_id)
      co_return refused(request, "incorrect_client_credentials",
                        "The client_id passed is incorrect.");
    co_return oauth_answer(request, devices_.poll(value_of(*form, "device_code")));
  }
  if (!grant.empty() && grant != "authorization_code")
    co_return refused(request, "unsupported_grant_type",
                      "The grant_type is not one that this server knows.");
  if (value_of(*form, "client_id") != client_id) co_return rest_message(404, "Not Found");
  if (value_of(*form, "client_secret") != client_secret)
    co_return refused(request, "incorrect_client_credentials",
                      "The client_id and/or client_secret passed are incorrect.");
  auto const code = grants_.redeem_code(value_of(*form, "code"));
  if (!code || !matches_challenge(code->request.code_challenge, value_of(*form, "code_verifier")))
    co_return refused(request, "bad_verification_code", "The code passed is incorrect or expired.");
  auto const redirect = value_of(*form, "redirect_uri");
  if (!redirect.empty() && redirect != code->request.redirect_uri)
    co_return refused(request, "redirect_uri_mismatch",
                      "The redirect_uri is not the one of the authorization request.");
  if (auto const* person = people_.find(code->person); !person->has_verified_email)
    co_return refused(request, "unverified_user_email",
                      "The user must have a verified primary email.");
  auto scope = comma_separated(code->request.scope);
  auto token = grants_.issue_token(code->person, scope);
  co_return oauth_answer(
      request,
      {{"access_token", std::move(token)}, {"scope", std::move(scope)}, {"token_type", "bearer"}});
}

Task<Response> AccessTokens::revoke(Request& request) {
  auto const credentials =
      crypto::base64(std::string{client_id} + ":" + std::string{client_secret});
  if (request.parameter("client_id") != client_id ||
      request.header("Authorization") != "Basic " + credentials)
    co_return rest_message(404, "Not Found");
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request.id);
  auto const document = json::Value::parse(*body);
  auto const token = document ? document->find("access_token") : std::nullopt;
  if (!token || !token->is_string() || !grants_.revoke_token(std::string{*token->as_string()}))
    co_return rest_message(422, "Validation Failed");
  co_return http::no_content();
}

}  // namespace insighta::emulator
