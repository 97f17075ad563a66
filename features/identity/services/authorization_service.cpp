#include "identity/services/authorization_service.hpp"

#include "identity/domain/pkce.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/services/client_service.hpp"
#include "identity/services/secrets.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/request.hpp"

#include <algorithm>
#include <charconv>

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;

constexpr auto code_lifetime = 60s;
constexpr auto ticket_lifetime = 10min;
constexpr std::size_t max_state_size = 2'048;

/// The only value of a parameter; empty when absent.
std::string value_of(Parameters const& parameters, std::string_view name) {
  auto const found = parameters.find(name);
  return found == parameters.end() ? std::string{} : found->second;
}

std::optional<std::string> repeated(Parameters const& parameters) {
  for (auto it = parameters.begin(); it != parameters.end(); ++it)
    if (auto const next = std::next(it); next != parameters.end() && next->first == it->first)
      return it->first;
  return {};
}

Error oauth(std::string code, std::string description) {
  return bad_request(std::move(description), std::move(code));
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    auto const word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

bool may_ask_for(Client const& client, Scope scope) {
  return std::ranges::find(client.scopes, scope) != client.scopes.end();
}

/// The scopes asked for, all registered ones when none; nothing for one that is unknown or not the
/// client's.
std::optional<std::vector<Scope>> scopes_from(std::string_view text, Client const& client) {
  std::vector<Scope> scopes;
  for (auto const word : words_of(text)) {
    auto const scope = parse_scope(word);
    if (!scope || !may_ask_for(client, *scope)) return {};
    if (std::ranges::find(scopes, *scope) == scopes.end()) scopes.push_back(*scope);
  }
  return scopes.empty() ? client.scopes : scopes;
}

/// What the words of `prompt` ask for; false when they contradict each other.
bool read_prompt(std::string_view text, CheckedRequest& checked) {
  for (auto const word : words_of(text)) {
    if (word == "login" || word == "select_account") checked.wants_sign_in = true;
    if (word == "consent") checked.request.wants_consent = true;
    if (word == "none") checked.forbids_pages = true;
  }
  return !checked.forbids_pages || (!checked.wants_sign_in && !checked.request.wants_consent);
}

/// A decimal number of seconds of at most nine digits.
std::optional<std::chrono::seconds> seconds_from(std::string_view text) {
  std::int64_t seconds = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0 || text.size() > 9)
    return {};
  return std::chrono::seconds{seconds};
}

std::string seconds_text(Instant instant) {
  return std::to_string(
      std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count());
}

std::string ticket_key(Settings const& settings) {
  return crypto::derive_key(settings.key_encryption_key, "insighta confirm page");
}

std::string with_parameters(std::string uri, http::Pairs const& pairs) {
  uri += uri.find('?') == std::string::npos ? '?' : '&';
  return uri + http::form_encoded(pairs);
}

}  // namespace

AuthorizationService::AuthorizationService(Settings const& settings, ClientService& clients,
                                           SignInRepository& sign_ins, Clock const& clock)
    : settings_(settings), clients_(clients), sign_ins_(sign_ins), clock_(clock) {}

Task<Result<CheckedRequest>> AuthorizationService::check(Parameters const& parameters) {
  if (parameters.count("client_id") != 1 || parameters.count("redirect_uri") != 1)
    co_return fail(bad_request("Expected one client_id and one redirect_uri"));
  auto client = co_await clients_.find(value_of(parameters, "client_id"));
  if (!client) co_return fail(bad_request("The application that sent you here is not registered"));
  CheckedRequest checked{.request = {.client_id = client->id,
                                     .redirect_uri = value_of(parameters, "redirect_uri"),
                                     .state = value_of(parameters, "state"),
                                     .code_challenge = value_of(parameters, "code_challenge"),
                                     .scopes = {}},
                         .client = *client};
  if (!is_registered_redirect(*client, checked.request.redirect_uri))
    co_return fail(bad_request("The redirect_uri is not registered for this application"));
  checked.error = check_details(parameters, *client, checked);
  co_return checked;
}

std::optional<Error> AuthorizationService::check_details(Parameters const& parameters,
                                                         Client const& client,
                                                         CheckedRequest& checked) const {
  if (auto const name = repeated(parameters))
    return oauth("invalid_request", "The parameter " + *name + " is there twice");
  if (value_of(parameters, "response_type") != "code")
    return oauth("unsupported_response_type", "Expected response_type=code");
  if (!client.may(GrantType::authorization_code))
    return oauth("unauthorized_client", "This client may not use authorization codes");
  if (checked.request.state.size() > max_state_size)
    return oauth("invalid_request", "Expected a state of at most 2048 bytes");
  if (value_of(parameters, "code_challenge_method") != "S256" ||
      !is_code_challenge(checked.request.code_challenge))
    return oauth("invalid_request", "Expected code_challenge with code_challenge_method=S256");
  auto scopes = scopes_from(value_of(parameters, "scope"), client);
  if (!scopes) return oauth("invalid_scope", "A scope is unknown or not this client's");
  checked.request.scopes = *std::move(scopes);
  if (!read_prompt(value_of(parameters, "prompt"), checked))
    return oauth("invalid_request", "prompt=none goes with nothing else");
  if (auto const age = value_of(parameters, "max_age"); !age.empty()) {
    auto const seconds = seconds_from(age);
    if (!seconds) return oauth("invalid_request", "Expected max_age in seconds");
    checked.signed_in_since = clock_.now() - *seconds;
  }
  return {};
}

Task<Result<PendingRequest>> AuthorizationService::check_short(Parameters const& parameters) {
  auto const client = co_await clients_.find(cli_client);
  if (!client) co_return fail(bad_request("The command line is not registered"));
  PendingRequest request{.client_id = client->id,
                         .redirect_uri = value_of(parameters, "cli_redirect"),
                         .state = value_of(parameters, "state"),
                         .code_challenge = value_of(parameters, "code_challenge"),
                         .scopes = client->scopes,
                         .is_short_form = true};
  if (auto const name = repeated(parameters))
    co_return fail(bad_request("The parameter " + *name + " is there twice"));
  if (!is_short_form_redirect(*client, request.redirect_uri))
    co_return fail(bad_request("Expected cli_redirect=http://localhost:<port>/callback"));
  if (request.state.empty() || request.state.size() > max_state_size)
    co_return fail(bad_request("Expected a state"));
  if (!is_code_challenge(request.code_challenge))
    co_return fail(bad_request("Expected a code_challenge (S256, 43 characters)"));
  auto const method = value_of(parameters, "code_challenge_method");
  if (!method.empty() && method != "S256")
    co_return fail(bad_request("Expected code_challenge_method=S256"));
  co_return request;
}

Task<std::optional<Client>> AuthorizationService::client_of(PendingRequest const& request) {
  auto client = co_await clients_.find(request.client_id);
  if (!client) co_return std::nullopt;
  auto const is_registered =
      request.is_short_form ? is_short_form_redirect : is_registered_redirect;
  if (!is_registered(*client, request.redirect_uri) ||
      !std::ranges::all_of(request.scopes,
                           [&](Scope scope) { return may_ask_for(*client, scope); }))
    co_return std::nullopt;
  co_return client;
}

Task<std::string> AuthorizationService::issue_code(PendingRequest const& request, User const& user,
                                                   Instant auth_time) {
  auto code = new_secret();
  co_await sign_ins_.insert_code({.hash = hash_of(code),
                                  .client_id = request.client_id,
                                  .user_id = user.id,
                                  .redirect_uri = request.redirect_uri,
                                  .code_challenge = request.code_challenge,
                                  .state_hash = hash_of(request.state),
                                  .scopes = request.scopes,
                                  .auth_time = auth_time,
                                  .expires_at = clock_.now() + code_lifetime});
  co_return code;
}

std::string AuthorizationService::make_ticket(PendingRequest const& request,
                                              std::string_view browser_session) const {
  auto const text = seconds_text(clock_.now()) + "\n" + encode(request);
  return crypto::base64url(crypto::seal(ticket_key(settings_), text, hash_of(browser_session)));
}

Result<PendingRequest> AuthorizationService::open_ticket(std::string_view ticket,
                                                         std::string_view browser_session) const {
  auto const refusal = forbidden("This page has expired; start the sign-in again", "CSRF");
  auto const sealed = crypto::base64url_decode(ticket);
  auto const text = sealed ? crypto::open(ticket_key(settings_), *sealed, hash_of(browser_session))
                           : std::nullopt;
  if (!text) return fail(refusal);
  auto const line = text->find('\n');
  std::int64_t seconds = 0;
  std::from_chars(text->data(), text->data() + line, seconds);
  if (clock_.now() >= Instant{std::chrono::seconds{seconds}} + ticket_lifetime)
    return fail(refusal);
  auto request = decode_pending_request(std::string_view{*text}.substr(line + 1));
  if (!request) return fail(refusal);
  return *std::move(request);
}

std::string AuthorizationService::success_redirect(PendingRequest const& request,
                                                   std::string const& code) const {
  http::Pairs pairs = {{"code", code}};
  if (!request.state.empty()) pairs.emplace_back("state", request.state);
  pairs.emplace_back("iss", settings_.issuer);
  return with_parameters(request.redirect_uri, pairs);
}

std::string AuthorizationService::error_redirect(PendingRequest const& request,
                                                 Error const& error) const {
  http::Pairs pairs = {{"error", error.code}, {"error_description", error.message}};
  if (!request.state.empty()) pairs.emplace_back("state", request.state);
  pairs.emplace_back("iss", settings_.issuer);
  return with_parameters(request.redirect_uri, pairs);
}

}  // namespace insighta::identity
