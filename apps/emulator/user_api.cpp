#include "user_api.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "rest_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

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
      .set("X-RateLimit-Reset", std::to_string(std::chrono::system_clock::to_time_t(
                                    std::chrono::system_clock::now() + std::chrono::hours{1})))
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

struct Address {
  std::string email;
  bool is_primary;
  bool is_verified;
  std::string_view visibility;  ///< empty: null
};

/// Everybody has the address that GitHub gives them beside their own.
std::vector<Address> addresses_of(Person const& person) {
  return {{.email = person.email,
           .is_primary = true,
           .is_verified = person.has_verified_email,
           .visibility = person.has_public_email ? "public" : "private"},
          {.email = std::to_string(person.id) + "+" + person.login + "@users.noreply.example.org",
           .is_primary = false,
           .is_verified = true,
           .visibility = {}}};
}

std::ptrdiff_t number_of(Request const& request, std::string_view name, std::ptrdiff_t fallback) {
  auto const query = request.query_pairs();
  auto const text = query ? http::find(*query, name) : std::nullopt;
  std::int32_t number = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), number).ec != std::errc{})
    return fallback;
  return number;
}

/// RFC 8288, as GitHub's lists have it.
std::string links_to_pages(Request const& request, std::ptrdiff_t page, std::ptrdiff_t per_page,
                           std::ptrdiff_t count) {
  auto const last = std::max((count + per_page - 1) / per_page, 1z);
  std::string links;
  auto const add = [&](std::ptrdiff_t to, std::string_view relation) {
    if (!links.empty()) links += ", ";
    links += fmt::format("<http://{}{}?per_page={}&page={}>; rel=\"{}\"", request.header("Host"),
                         request.path, per_page, to, relation);
  };
  if (page > 1) {
    add(1, "first");
    add(page - 1, "prev");
  }
  if (page < last) {
    add(page + 1, "next");
    add(last, "last");
  }
  return links;
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
  auto const addresses = addresses_of(*person);
  auto const per_page = std::clamp(number_of(request, "per_page", 30), 1z, 100z);
  auto const page = std::max(number_of(request, "page", 1), 1z);
  auto const count = std::ssize(addresses);
  std::string body;
  json::Writer writer(body);
  writer.begin_array();
  for (auto i = std::min((page - 1) * per_page, count); i < std::min(page * per_page, count); ++i) {
    auto const& address = addresses[static_cast<std::size_t>(i)];
    writer.begin_object()
        .member("email", address.email)
        .member("primary", address.is_primary)
        .member("verified", address.is_verified);
    writer.key("visibility");
    if (address.visibility.empty())
      writer.null();
    else
      writer.value(address.visibility);
    writer.end_object();
  }
  writer.end_array();
  auto response = http::json_response(200, std::move(body));
  add_api_headers(response, *token);
  if (auto link = links_to_pages(request, page, per_page, count); !link.empty())
    response.headers.set("Link", std::move(link));
  return response;
}

}  // namespace insighta::emulator
