#include "identity/handlers/client_handlers.hpp"

#include "identity/handlers/origin.hpp"
#include "identity/wire/client_json.hpp"
#include "platform/json/value.hpp"
#include "platform/listing/list_query.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using http::Request;
using http::Response;
using listing::no_parameters;

/// A secret may be in it.
Response fresh(int status, std::string body) {
  auto response = http::json_response(status, std::move(body));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/// A list of words of a closed set; what is absent stays empty.
template <class T>
std::optional<std::vector<T>> read_words(json::ObjectReader& body, std::string_view name,
                                         std::optional<T> (*parse)(std::string_view),
                                         std::string_view expected) {
  auto const list = body.optional_value(name);
  if (!list || list->is_null()) return {};
  std::vector<T> words;
  bool is_good = list->is_array();
  for (auto const& item : list->items()) {
    auto const word = parse(item.as_string().value_or(""));
    is_good = is_good && word && std::ranges::find(words, *word) == words.end();
    if (word) words.push_back(*word);
  }
  if (!is_good) body.refuse(name, "must be a list of " + std::string{expected} + ", each once");
  return words;
}

std::optional<std::vector<GrantType>> read_grants(json::ObjectReader& body) {
  return read_words<GrantType>(body, "grant_types", parse_grant_type,
                               "authorization_code, refresh_token and "
                               "urn:ietf:params:oauth:grant-type:device_code");
}

std::optional<std::vector<Scope>> read_scopes(json::ObjectReader& body) {
  return read_words<Scope>(body, "scopes", parse_scope, "read, write and admin");
}

std::optional<std::vector<std::string>> read_redirects(json::ObjectReader& body) {
  auto const list = body.optional_value("redirect_uris");
  if (!list || list->is_null()) return {};
  std::vector<std::string> uris;
  bool is_good = list->is_array();
  for (auto const& item : list->items()) {
    is_good = is_good && item.is_string();
    uris.emplace_back(item.as_string().value_or(""));
  }
  if (!is_good) body.refuse("redirect_uris", "must be a list of URLs");
  return uris;
}

Task<Result<json::Value>> read_json(Request& request) {
  CO_TRY_VOID(no_parameters(request));
  if (request.content_type() != "application/json")
    co_return fail(
        Error{ErrorKind::unsupported_type, "UNSUPPORTED_MEDIA_TYPE", "Send application/json"});
  CO_TRY(auto const text, co_await request.read_body());
  co_return json::Value::parse(text);
}

Result<NewClient> new_client(json::Value const& document) {
  json::ObjectReader body(document);
  NewClient wanted;
  wanted.name = body.string("name");
  auto const type = body.string("type");
  if (!type.empty() && type != "confidential" && type != "public")
    body.refuse("type", "must be confidential or public");
  wanted.is_confidential = type == "confidential";
  wanted.redirect_uris = read_redirects(body).value_or(std::vector<std::string>{});
  wanted.grants = read_grants(body).value_or(
      std::vector{GrantType::authorization_code, GrantType::refresh_token});
  wanted.scopes = read_scopes(body).value_or(std::vector{Scope::read, Scope::write});
  TRY_VOID(body.finish());
  return wanted;
}

Result<ClientChange> client_change(json::Value const& document) {
  json::ObjectReader body(document);
  ClientChange change;
  change.name = body.optional_string("name");
  change.redirect_uris = read_redirects(body);
  change.scopes = read_scopes(body);
  change.rotates_secret = body.optional_bool("rotate_secret").value_or(false);
  TRY_VOID(body.finish());
  if (!change.name && !change.redirect_uris && !change.scopes && !change.rotates_secret)
    return fail(bad_request("Expected name, redirect_uris, scopes or rotate_secret"));
  return change;
}

}  // namespace

std::vector<GuardedRoute> ClientHandlers::api_routes() {
  using enum http::Method;
  using enum Permission;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {get, "/oauth-clients", clients_read, to(&ClientHandlers::list)},
      {post, "/oauth-clients", clients_write, to(&ClientHandlers::add)},
      {get, "/oauth-clients/{id}", clients_read, to(&ClientHandlers::get)},
      {patch, "/oauth-clients/{id}", clients_write, to(&ClientHandlers::change)},
      {del, "/oauth-clients/{id}", clients_write, to(&ClientHandlers::remove)},
      {get, "/users/me/connected-apps", account_read, to(&ClientHandlers::connected)},
      {del, "/users/me/connected-apps/{id}", account_write, to(&ClientHandlers::disconnect)},
      {get, "/users/me/notices", account_read, to(&ClientHandlers::notices)},
      {del, "/users/me/notices/{id}", account_write, to(&ClientHandlers::dismiss)},
  };
}

Task<Response> ClientHandlers::list(Request& request, Actor const&) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  co_return fresh(200, wire::clients_answer(co_await registry_.list()));
}

Task<Response> ClientHandlers::add(Request& request, Actor const& actor) {
  auto const document = co_await read_json(request);
  if (!document) co_return http::error_response(document.error(), request);
  auto wanted = new_client(*document);
  if (!wanted) co_return http::error_response(wanted.error(), request);
  auto const added = co_await registry_.add(actor, *std::move(wanted), origin_of_request(request));
  if (!added) co_return http::error_response(added.error(), request);
  co_return fresh(201, wire::client_answer(added->client, added->secret));
}

Task<Response> ClientHandlers::get(Request& request, Actor const&) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const client = co_await registry_.find(request.parameter("id"));
  if (!client) co_return http::error_response(client.error(), request);
  co_return fresh(200, wire::client_answer(*client));
}

Task<Response> ClientHandlers::change(Request& request, Actor const& actor) {
  auto const document = co_await read_json(request);
  if (!document) co_return http::error_response(document.error(), request);
  auto change = client_change(*document);
  if (!change) co_return http::error_response(change.error(), request);
  auto const changed = co_await registry_.change(actor, request.parameter("id"), *std::move(change),
                                                 origin_of_request(request));
  if (!changed) co_return http::error_response(changed.error(), request);
  co_return fresh(200, wire::client_answer(changed->client, changed->secret));
}

Task<Response> ClientHandlers::remove(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const done =
      co_await registry_.remove(actor, request.parameter("id"), origin_of_request(request));
  if (!done) co_return http::error_response(done.error(), request);
  co_return http::no_content();
}

Task<Response> ClientHandlers::connected(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  co_return fresh(200, wire::connected_apps_answer(co_await consents_.list(actor)));
}

Task<Response> ClientHandlers::disconnect(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const done =
      co_await consents_.revoke(actor, request.parameter("id"), origin_of_request(request));
  if (!done) co_return http::error_response(done.error(), request);
  co_return http::no_content();
}

Task<Response> ClientHandlers::notices(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  co_return fresh(200, wire::notices_answer(co_await consents_.list_reuses(actor)));
}

Task<Response> ClientHandlers::dismiss(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const session = SessionId::parse(request.parameter("id"));
  auto const done = session ? co_await consents_.dismiss_reuse(actor, *session)
                            : fail(not_found("There is no such notice"));
  if (!done) co_return http::error_response(done.error(), request);
  co_return http::no_content();
}

}  // namespace insighta::identity
