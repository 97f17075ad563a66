#include "identity/services/github.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/http/client.hpp"
#include "platform/http/request.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <charconv>

namespace insighta::identity {

namespace {

constexpr std::size_t max_answer = 64 * 1024;

Error denied() {
  return bad_request("GitHub did not accept the sign-in; please try again", "access_denied");
}

Error unverified() {
  return bad_request(
      "GitHub lets nobody sign in without a verified e-mail address; verify yours at GitHub first",
      "access_denied");
}

Error broken(std::string_view what) {
  log::warning("GitHub's answer is not usable", {{"what", what}});
  return bad_upstream("GitHub's answer is not usable", "server_error");
}

Error away(std::chrono::seconds retry_after) {
  return unavailable("GitHub does not answer now; please try again later", retry_after,
                     "temporarily_unavailable");
}

std::chrono::seconds wait_said(http::ClientResponse const& response) {
  auto const text = response.headers.get("Retry-After");
  std::int64_t seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::chrono::seconds{std::clamp<std::int64_t>(seconds, 1, 3600)};
}

bool is_limit(http::ClientResponse const& response) {
  return response.status == 429 ||
         (response.status == 403 && (response.headers.get("X-RateLimit-Remaining") == "0" ||
                                     response.headers.has("Retry-After")));
}

/// The members of a JSON object or a form, whichever Content-Type says.
std::optional<http::Pairs> members_of(http::ClientResponse const& response) {
  if (response.headers.get("Content-Type").find("json") == std::string_view::npos)
    return http::parse_form(response.body);
  auto const document = json::Value::parse(response.body);
  if (!document || !document->is_object()) return {};
  http::Pairs members;
  for (auto const& [name, value] : document->members())
    members.emplace_back(name, std::string{value.as_string().value_or("")});
  return members;
}

/// Without NUL, which no column of ours can hold; nothing when then nothing is left.
std::optional<std::string> text_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  if (!member || !member->is_string()) return {};
  std::string text{*member->as_string()};
  std::erase(text, '\0');
  if (text.empty()) return {};
  return text;
}

}  // namespace

std::string const& GitHub::title() const {
  static std::string const text = "GitHub";
  return text;
}

Task<Result<std::string>> GitHub::authorize_url(ProviderQuestion question) {
  co_return settings_.web_base + "/login/oauth/authorize?" +
      http::form_encoded({{"client_id", settings_.client_id},
                          {"redirect_uri", settings_.callback},
                          {"scope", "user:email"},
                          {"state", question.state},
                          {"code_challenge", question.code_challenge},
                          {"code_challenge_method", "S256"}});
}

Task<Result<ProviderAccount>> GitHub::redeem(ProviderAnswer answer) {
  CO_TRY(auto token, co_await exchange(answer.code, answer.code_verifier));
  auto account = co_await read_account(token);
  co_await give_back(token);
  co_return account;
}

Task<Result<std::string>> GitHub::exchange(std::string_view code, std::string_view code_verifier) {
  http::ClientRequest request{.method = http::Method::post,
                              .url = settings_.web_base + "/login/oauth/access_token"};
  request.headers.set("Accept", "application/json")
      .set("Content-Type", "application/x-www-form-urlencoded");
  request.body = http::form_encoded({{"client_id", settings_.client_id},
                                     {"client_secret", settings_.client_secret},
                                     {"code", std::string{code}},
                                     {"redirect_uri", settings_.callback},
                                     {"code_verifier", std::string{code_verifier}}});
  request.max_response_bytes = max_answer;
  auto const response = co_await client_.send(std::move(request));
  if (!response) co_return fail(away(std::chrono::seconds{5}));
  if (is_limit(*response)) co_return fail(away(wait_said(*response)));
  if (response->status >= 500) co_return fail(away(std::chrono::seconds{5}));
  // GitHub answers 200 to errors: the member counts before the status.
  auto const members = members_of(*response);
  if (!members) co_return fail(broken("token answer cannot be read"));
  if (auto const error = http::find(*members, "error")) {
    if (error == "unverified_user_email") co_return fail(unverified());
    if (error == "bad_verification_code") co_return fail(denied());
    co_return fail(broken(*error));
  }
  auto const token = http::find(*members, "access_token");
  bool const is_usable = token && !token->empty() &&
                         std::ranges::all_of(*token, [](char c) { return c > ' ' && c < '\x7f'; });
  if (response->status != 200 || !is_usable) co_return fail(broken("token answer without a token"));
  co_return std::string{*token};
}

Task<Result<ProviderAccount>> GitHub::read_account(std::string const& token) {
  auto const response = co_await get("/user", token);
  if (!response) co_return fail(away(std::chrono::seconds{5}));
  if (is_limit(*response)) co_return fail(away(wait_said(*response)));
  if (response->status >= 500) co_return fail(away(std::chrono::seconds{5}));
  if (response->status == 401 || response->status == 403) co_return fail(denied());
  auto const document = json::Value::parse(response->body);
  if (response->status != 200 || !document) co_return fail(broken("account cannot be read"));
  auto const member = document->find("id");
  auto const id = member ? member->as_integer() : std::nullopt;
  auto const login = text_of(*document, "login");
  if (!id || *id <= 0 || !login) co_return fail(broken("account without id or login"));
  ProviderAccount account{.provider = settings_.provider,
                          .subject = std::to_string(*id),
                          .login = *login,
                          .display_name = text_of(*document, "name"),
                          .email = text_of(*document, "email"),
                          .avatar_url = text_of(*document, "avatar_url")};
  if (!account.email) account.email = co_await read_email(token);
  co_return account;
}

Task<std::optional<std::string>> GitHub::read_email(std::string const& token) {
  auto const response = co_await get("/user/emails?per_page=100", token);
  if (!response || response->status != 200) co_return std::nullopt;
  auto const document = json::Value::parse(response->body);
  if (!document) co_return std::nullopt;
  for (auto const& item : document->items()) {
    auto const is_primary = item.find("primary");
    auto const is_verified = item.find("verified");
    if (is_primary && is_primary->as_bool() == true && is_verified &&
        is_verified->as_bool() == true)
      co_return text_of(item, "email");
  }
  co_return std::nullopt;
}

Task<void> GitHub::give_back(std::string const& token) {
  http::ClientRequest request{.method = http::Method::del,
                              .url = settings_.api_base + "/applications/" +
                                     http::url_encoded(settings_.client_id) + "/token"};
  request.headers
      .set("Authorization",
           "Basic " + crypto::base64(settings_.client_id + ":" + settings_.client_secret))
      .set("Accept", "application/vnd.github+json")
      .set("Content-Type", "application/json");
  json::Writer{request.body}.begin_object().member("access_token", token).end_object();
  auto const response = co_await client_.send(std::move(request));
  if (!response || response->status != 204)
    log::warning("GitHub did not take its token back",
                 {{"status", std::int64_t{response ? response->status : 0}}});
}

Task<Result<http::ClientResponse>> GitHub::get(std::string const& path, std::string const& token) {
  http::ClientRequest request{.url = settings_.api_base + path};
  request.headers.set("Authorization", "Bearer " + token)
      .set("Accept", "application/vnd.github+json")
      .set("X-GitHub-Api-Version", "2022-11-28");
  request.max_response_bytes = max_answer;
  co_return co_await client_.send(std::move(request));
}

}  // namespace insighta::identity
