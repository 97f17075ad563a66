#include "platform/http/response.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace insighta::http {

namespace {

Response typed_response(int status, char const* type, std::string body) {
  Response response{.status = status, .body = std::move(body)};
  response.headers.add("Content-Type", type);
  response.headers.add("X-Content-Type-Options", "nosniff");
  return response;
}

/// RFC 6265 cookie-octet: none of these may split or end the cookie.
bool is_cookie_octet(unsigned char c) {
  return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

}  // namespace

Response json_response(int status, std::string body) {
  return typed_response(status, "application/json", std::move(body));
}

Response html_response(int status, std::string body) {
  return typed_response(status, "text/html; charset=utf-8", std::move(body));
}

Response text_response(int status, std::string body) {
  return typed_response(status, "text/plain; charset=utf-8", std::move(body));
}

Response redirect(std::string location, int status) {
  Response response{.status = status};
  response.headers.add("Location", std::move(location));
  return response;
}

Response no_content() {
  return {.status = 204};
}

void set_cookie(Response& response, Cookie const& cookie) {
  if (cookie.name.empty() || cookie.name.find('=') != std::string::npos ||
      !std::ranges::all_of(cookie.name, is_cookie_octet) ||
      !std::ranges::all_of(cookie.value, is_cookie_octet))
    throw std::invalid_argument("a cookie's name or value cannot be sent");
  auto text = fmt::format("{}={}; Path={}", cookie.name, cookie.value, cookie.path);
  if (cookie.max_age_seconds) text += fmt::format("; Max-Age={}", *cookie.max_age_seconds);
  if (cookie.is_http_only) text += "; HttpOnly";
  if (cookie.is_secure) text += "; Secure";
  text += fmt::format("; SameSite={}", cookie.same_site);
  response.headers.add("Set-Cookie", std::move(text));
}

void allow_any_origin(Response& response) {
  response.headers.set("Access-Control-Allow-Origin", "*");
}

}  // namespace insighta::http
