#include "identity/wire/token_json.hpp"

#include "platform/json/writer.hpp"

#include <algorithm>
#include <initializer_list>

namespace insighta::identity::wire {

namespace {

std::int64_t unix_seconds(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

void write_list(json::Writer& writer, std::string_view name,
                std::initializer_list<std::string_view> words) {
  writer.key(name).begin_array();
  for (auto const word : words) writer.value(word);
  writer.end_array();
}

}  // namespace

std::string scope_text(std::vector<Scope> const& scopes) {
  std::string text;
  for (auto const scope : scopes) {
    if (!text.empty()) text += ' ';
    text += to_string(scope);
  }
  return text;
}

std::optional<std::vector<Scope>> parse_scopes(std::string_view text) {
  std::vector<Scope> scopes;
  while (!text.empty()) {
    auto const word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty()) continue;
    auto const scope = parse_scope(word);
    if (!scope) return {};
    scopes.push_back(*scope);
  }
  return scopes;
}

std::string oauth_token_answer(TokenAnswer const& answer) {
  std::string body;
  json::Writer{body}
      .begin_object()
      .member("access_token", answer.access_token)
      .member("token_type", "Bearer")
      .member("expires_in", answer.expires_in.count())
      .member("refresh_token", answer.refresh_token)
      .member("refresh_expires_in", answer.refresh_expires_in.count())
      .member("scope", scope_text(answer.scopes))
      .end_object();
  return body;
}

std::string short_token_answer(TokenAnswer const& answer) {
  auto const& account = answer.user.account;
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("status", "success")
      .member("access_token", answer.access_token)
      .member("refresh_token", answer.refresh_token)
      .member("token_type", "Bearer")
      .member("expires_in", answer.expires_in.count())
      .member("refresh_expires_in", answer.refresh_expires_in.count())
      .member("username", account.login);
  writer.key("user")
      .begin_object()
      .member("id", answer.user.id.to_string())
      .member("username", account.login)
      .member("email", account.email)
      .member("avatar_url", account.avatar_url)
      .member("role", answer.user.roles.first())
      .end_object();
  writer.end_object();
  return body;
}

std::string introspection_answer(Introspection const& facts) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("active", true)
      .member("iss", facts.issuer)
      .member("sub", facts.user_id)
      .member("username", facts.username)
      .member("client_id", facts.client_id)
      .member("scope", scope_text(facts.scopes))
      .member("sid", facts.session_id)
      .member("exp", unix_seconds(facts.expires_at))
      .member("token_type", facts.is_refresh_token ? "refresh_token" : "Bearer");
  if (facts.issued_at)
    writer.member("iat", unix_seconds(*facts.issued_at)).member("aud", facts.issuer);
  writer.end_object();
  return body;
}

std::string device_answer(DeviceAnswer const& answer) {
  std::string body;
  json::Writer{body}
      .begin_object()
      .member("device_code", answer.device_code)
      .member("user_code", answer.user_code)
      .member("verification_uri", answer.verification_uri)
      .member("verification_uri_complete",
              answer.verification_uri + "?user_code=" + answer.user_code)
      .member("expires_in", answer.expires_in.count())
      .member("interval", answer.interval.count())
      .end_object();
  return body;
}

std::string metadata(std::string_view issuer) {
  std::string const base{issuer};
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("issuer", issuer)
      .member("authorization_endpoint", base + "/oauth/authorize")
      .member("token_endpoint", base + "/oauth/token")
      .member("revocation_endpoint", base + "/oauth/revoke")
      .member("introspection_endpoint", base + "/oauth/introspect")
      .member("device_authorization_endpoint", base + "/oauth/device_authorization")
      .member("jwks_uri", base + "/.well-known/jwks.json");
  write_list(writer, "response_types_supported", {"code"});
  write_list(writer, "response_modes_supported", {"query"});
  write_list(
      writer, "grant_types_supported",
      {"authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"});
  write_list(writer, "code_challenge_methods_supported", {"S256"});
  write_list(writer, "scopes_supported", {"read", "write", "admin"});
  for (auto const* endpoint : {"token", "revocation"})
    write_list(writer, std::string{endpoint} + "_endpoint_auth_methods_supported",
               {"client_secret_basic", "client_secret_post", "none"});
  write_list(writer, "introspection_endpoint_auth_methods_supported",
             {"client_secret_basic", "client_secret_post"});
  writer.member("authorization_response_iss_parameter_supported", true)
      .member("service_documentation", base + "/docs")
      .end_object();
  return body;
}

}  // namespace insighta::identity::wire
