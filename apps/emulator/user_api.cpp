#include "user_api.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "rest_answers.hpp"

namespace insighta::emulator {

namespace {

using http::Request;
using http::Response;

constexpr std::string_view suspended_message = "Sorry. Your account was suspended.";

bool has_scope(AccessToken const& token, std::string_view wanted) {
  auto rest = std::string_view{token.scope};
  while (!rest.empty()) {
    auto const comma = std::min(rest.find(','), rest.size());
    auto const scope = rest.substr(0, comma);
    if (scope == wanted || (scope == "user" && wanted.starts_with("user:"))) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

void add_api_headers(Response& response, AccessToken const& token) {
  response.headers.set("X-OAuth-Scopes", token.scope)
      .set("X-RateLimit-Limit", "5000")
      .set("X-RateLimit-Remaining", "4999")
      .set("X-RateLimit-Used", "1")
      .set("X-RateLimit-Resource", "core")
      .set("ETag", "W/\"" + crypto::hex(crypto::as_bytes(crypto::sha256(response.body))) + "\"");
}

std::string user_body(Person const& person, std::string const& base) {
  auto const profile = base + "/" + person.login;
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("login", person.login)
      .member("id", person.id)
      .member("node_id", crypto::base64("04:User" + std::to_string(person.id)))
      .member("avatar_url", base + "/avatars/" + std::to_string(person.id) + ".svg")
      .member("html_url", profile)
      .member("type", person.type)
      .member("site_admin", false)
      .member("name", person.name);
  writer.key("email");
  if (person.has_public_email && person.has_verified_email)
    writer.value(person.email);
  else
    writer.null();
  writer.member("created_at", "2011-01-25T18:44:36Z").member("updated_at", "2024-01-25T18:44:36Z");
  writer.end_object();
  return body;
}

Task<Response> avatar(Request& request) {
  auto response =
      http::text_response(200,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><rect "
                          "width=\"8\" height=\"8\" "
                          "fill=\"#4a6fa5\"/><circle cx=\"4\" cy=\"3\" r=\"1.5\" fill=\"#fff\"/>"
                          "<path d=\"M1 8a3 3 0 0 1 6 0\" fill=\"#fff\"/></svg>");
  response.headers.set("Content-Type", "image/svg+xml");
  (void)request;
  co_return response;
}

}  // namespace

std::vector<http::Route> UserApi::routes() {
  using enum http::Method;
  return {{get, "/user", [this](Request& request) -> Task<Response> { co_return user(request); }},
          {get, "/user/emails",
           [this](Request& request) -> Task<Response> { co_return emails(request); }},
          {get, "/avatars/{file}", avatar}};
}

UserApi::Caller UserApi::authenticate(Request const& request) {
  auto header = request.header("Authorization");
  for (std::string_view const scheme : {"Bearer ", "bearer ", "token "})
    if (header.starts_with(scheme)) {
      auto const* token = grants_.find_token(std::string{header.substr(scheme.size())});
      return {.person = token != nullptr ? people_.find(token->person) : nullptr, .token = token};
    }
  return {};
}

Response UserApi::user(Request const& request) {
  auto const [person, token] = authenticate(request);
  if (person == nullptr) return rest_message(401, "Bad credentials");
  if (person->is_suspended) return rest_message(403, suspended_message);
  auto response =
      http::json_response(200, user_body(*person, "http://" + std::string{request.header("Host")}));
  add_api_headers(response, *token);
  return response;
}

Response UserApi::emails(Request const& request) {
  auto const [person, token] = authenticate(request);
  if (person == nullptr) return rest_message(401, "Bad credentials");
  if (person->is_suspended) return rest_message(403, suspended_message);
  if (!has_scope(*token, "user:email")) return rest_message(404, "Not Found");
  std::string body;
  json::Writer writer(body);
  writer.begin_array().begin_object();
  writer.member("email", person->email)
      .member("primary", true)
      .member("verified", person->has_verified_email)
      .member("visibility", person->has_public_email ? "public" : "private");
  writer.end_object().end_array();
  auto response = http::json_response(200, std::move(body));
  add_api_headers(response, *token);
  return response;
}

}  // namespace insighta::emulator
