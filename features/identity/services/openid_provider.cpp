#include "identity/services/openid_provider.hpp"

#include "identity/services/jose.hpp"
#include "platform/http/client.hpp"
#include "platform/http/request.hpp"
#include "platform/json/value.hpp"
#include "platform/log/log.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;
using jose::text_of;

constexpr std::size_t max_answer = 256 * 1024;
constexpr auto document_life = 1h;
constexpr auto key_pause = 30s;  // between two readings (spec auth.md section 6)

bool is_safe(std::string_view url, std::string_view issuer) {
  if (url.starts_with("https://")) return true;
  // A development provider: whoever configured plain HTTP is asked on plain HTTP.
  return issuer.starts_with("http://") && url.starts_with("http://");
}

bool lists(json::Value const& document, std::string_view name, std::string_view word) {
  auto const list = document.find(name);
  if (!list) return false;
  auto const items = list->items();
  return std::ranges::any_of(items,
                             [&](json::Value const& item) { return item.as_string() == word; });
}

}  // namespace

OpenIdProvider::OpenIdProvider(http::Client& client, OpenIdSettings settings, Clock const& clock)
    : client_(client), settings_(std::move(settings)), clock_(clock) {}

OpenIdProvider::~OpenIdProvider() = default;

Error OpenIdProvider::broken(std::string_view what) const {
  log::error("a provider's answer is not usable", {{"provider", settings_.name}, {"what", what}});
  return bad_upstream(settings_.title + "'s answer is not usable", "server_error");
}

Task<Result<std::string>> OpenIdProvider::get(std::string const& url) {
  http::ClientRequest request{.url = url};
  request.headers.set("Accept", "application/json");
  request.max_response_bytes = max_answer;
  auto response = co_await client_.send(std::move(request));
  if (!response || response->status >= 500)
    co_return fail(unavailable(settings_.title + " does not answer now; please try again later", 5s,
                               "temporarily_unavailable"));
  if (response->status != 200) co_return fail(broken("status of " + url));
  co_return std::move(response->body);
}

Task<Result<OpenIdProvider::Endpoints>> OpenIdProvider::discover() {
  auto const now = std::chrono::steady_clock::now();
  if (endpoints_ && now - discovered_at_ < document_life) co_return *endpoints_;
  auto const text = co_await get(settings_.issuer + "/.well-known/openid-configuration");
  if (!text && endpoints_) co_return *endpoints_;
  if (!text) co_return fail(text.error());
  auto const document = json::Value::parse(*text);
  if (!document || !document->is_object()) co_return fail(broken("discovery document"));
  // Somebody else's document would send our people and our secret to them.
  if (text_of(*document, "issuer") != settings_.issuer) co_return fail(broken("another issuer"));
  Endpoints found{
      .authorization = std::string{text_of(*document, "authorization_endpoint").value_or("")},
      .token = std::string{text_of(*document, "token_endpoint").value_or("")},
      .jwks = std::string{text_of(*document, "jwks_uri").value_or("")}};
  for (auto const& url : {found.authorization, found.token, found.jwks})
    if (!is_safe(url, settings_.issuer)) co_return fail(broken("an endpoint without TLS"));
  auto const sends_issuer = document->find("authorization_response_iss_parameter_supported");
  found.sends_issuer = sends_issuer && sends_issuer->as_bool() == true;
  found.takes_basic =
      !document->find("token_endpoint_auth_methods_supported") ||
      lists(*document, "token_endpoint_auth_methods_supported", "client_secret_basic");
  endpoints_ = found;
  discovered_at_ = now;
  co_return found;
}

Task<Result<std::string>> OpenIdProvider::authorize_url(ProviderQuestion question) {
  CO_TRY(auto const endpoints, co_await discover());
  std::string const separator = endpoints.authorization.contains('?') ? "&" : "?";
  co_return endpoints.authorization + separator +
      http::form_encoded({{"response_type", "code"},
                          {"client_id", settings_.client_id},
                          {"redirect_uri", settings_.callback},
                          {"scope", "openid profile email"},
                          {"state", question.state},
                          {"nonce", question.nonce},
                          {"code_challenge", question.code_challenge},
                          {"code_challenge_method", "S256"}});
}

Task<Result<ProviderAccount>> OpenIdProvider::redeem(ProviderAnswer answer) {
  CO_TRY(auto const endpoints, co_await discover());
  if (endpoints.sends_issuer ? answer.issuer != settings_.issuer
                             : !answer.issuer.empty() && answer.issuer != settings_.issuer)
    co_return fail(broken("iss of the redirect"));
  CO_TRY(auto const id_token, co_await exchange(endpoints, answer));
  auto claims = co_await verify(endpoints, id_token, answer.nonce);
  if (!claims) co_return fail(broken(claims.error().message));
  auto login = claims->login ? claims->login : claims->email ? claims->email : claims->name;
  co_return ProviderAccount{.provider = settings_.name,
                            .subject = claims->subject,
                            .login = login.value_or(claims->subject),
                            .display_name = std::move(claims->name),
                            .email = std::move(claims->email),
                            .avatar_url = std::move(claims->picture)};
}

Task<Result<std::string>> OpenIdProvider::exchange(Endpoints const& endpoints,
                                                   ProviderAnswer const& answer) {
  http::ClientRequest request{.method = http::Method::post, .url = endpoints.token};
  request.headers.set("Accept", "application/json")
      .set("Content-Type", "application/x-www-form-urlencoded");
  http::Pairs form = {{"grant_type", "authorization_code"},
                      {"code", answer.code},
                      {"redirect_uri", settings_.callback},
                      {"code_verifier", answer.code_verifier}};
  if (endpoints.takes_basic) {
    // Both halves are form-encoded first (RFC 6749 section 2.3.1).
    request.headers.set("Authorization",
                        "Basic " + crypto::base64(http::url_encoded(settings_.client_id) + ":" +
                                                  http::url_encoded(settings_.client_secret)));
  } else {
    form.emplace_back("client_id", settings_.client_id);
    form.emplace_back("client_secret", settings_.client_secret);
  }
  request.body = http::form_encoded(form);
  request.max_response_bytes = max_answer;
  auto const response = co_await client_.send(std::move(request));
  if (!response || response->status >= 500 || response->status == 429)
    co_return fail(unavailable(settings_.title + " does not answer now; please try again later", 5s,
                               "temporarily_unavailable"));
  auto const document = json::Value::parse(response->body);
  if (!document) co_return fail(broken("token answer"));
  if (text_of(*document, "error") == "invalid_grant")
    co_return fail(bad_request(settings_.title + " did not accept the sign-in; please try again",
                               "access_denied"));
  auto const id_token = text_of(*document, "id_token");
  if (response->status != 200 || !id_token)
    co_return fail(broken(text_of(*document, "error").value_or("no ID token")));
  co_return std::string{*id_token};
}

Task<Result<IdTokenClaims>> OpenIdProvider::verify(Endpoints const& endpoints,
                                                   std::string const& id_token,
                                                   std::string const& nonce) {
  IdTokenExpectation const expected{.issuer = settings_.issuer,
                                    .client_id = settings_.client_id,
                                    .nonce = nonce,
                                    .now = clock_.now()};
  auto claims = verify_id_token(id_token, keys_, expected);
  if (claims || claims.error().code != "UNKNOWN_KEY") co_return claims;
  auto const now = std::chrono::steady_clock::now();
  if (keys_loaded_at_ && now - *keys_loaded_at_ < key_pause) co_return claims;
  keys_loaded_at_ = now;
  co_await load_keys(endpoints);
  co_return verify_id_token(id_token, keys_, expected);
}

Task<void> OpenIdProvider::load_keys(Endpoints const& endpoints) {
  auto const text = co_await get(endpoints.jwks);
  if (!text) co_return;
  auto keys = read_jwks(*text);
  if (!keys.empty()) keys_ = std::move(keys);
}

}  // namespace insighta::identity
