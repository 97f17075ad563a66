#include "platform/http/error_response.hpp"

#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"

#include <algorithm>
#include <charconv>

namespace insighta::http {

namespace {

struct KindRow {
  ErrorKind kind;
  int status;
  std::string_view code;        ///< when an answer names none
  std::string_view oauth_word;  ///< RFC 6749 sections 4.1.2.1 and 5.2
};

constexpr KindRow kinds[] = {
    {ErrorKind::bad_request, 400, "BAD_REQUEST", "invalid_request"},
    {ErrorKind::unauthenticated, 401, "UNAUTHENTICATED", "invalid_client"},
    {ErrorKind::forbidden, 403, "FORBIDDEN", "access_denied"},
    {ErrorKind::not_found, 404, "NOT_FOUND", "invalid_request"},
    {ErrorKind::method_not_allowed, 405, "METHOD_NOT_ALLOWED", "invalid_request"},
    {ErrorKind::conflict, 409, "CONFLICT", "invalid_request"},
    {ErrorKind::stale_version, 412, "STALE_VERSION", "invalid_request"},
    {ErrorKind::too_large, 413, "PAYLOAD_TOO_LARGE", "invalid_request"},
    {ErrorKind::unsupported_type, 415, "UNSUPPORTED_MEDIA_TYPE", "invalid_request"},
    {ErrorKind::invalid, 422, "VALIDATION_FAILED", "invalid_request"},
    {ErrorKind::too_many_requests, 429, "RATE_LIMITED", "temporarily_unavailable"},
    {ErrorKind::bad_upstream, 502, "BAD_GATEWAY", "server_error"},
    {ErrorKind::unavailable, 503, "SERVICE_UNAVAILABLE", "temporarily_unavailable"},
    {ErrorKind::internal, 500, "INTERNAL_ERROR", "server_error"},
};

KindRow const& row_of(ErrorKind kind) {
  return *std::ranges::find(kinds, kind, &KindRow::kind);
}

bool is_lower_case(std::string_view code) {
  return !code.empty() &&
         std::ranges::all_of(code, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool speaks_oauth(std::string_view path) {
  return path.starts_with("/oauth/") || path.starts_with("/.well-known/");
}

bool is_api(std::string_view path) {
  return path.starts_with("/api/") || path == "/api";
}

void add_retry_after(Response& response, Error const& error) {
  bool const is_promised = response.status == 429 || response.status == 503;
  if (is_promised || error.retry_after.count() > 0) {
    auto const seconds = std::max<std::int64_t>(error.retry_after.count(), 1);
    response.headers.add("Retry-After", std::to_string(seconds));
    if (error.calls_per_minute > 0)
      response.headers.add("RateLimit-Limit", std::to_string(error.calls_per_minute))
          .add("RateLimit-Remaining", "0")
          .add("RateLimit-Reset", std::to_string(seconds));
  }
}

Response envelope(int status, Error const& error, std::string_view request_id) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "error");
  writer.member("code", error.code.empty() ? row_of(error.kind).code : error.code);
  writer.member("message", error.message);
  if (!error.fields.empty()) {
    writer.key("errors").begin_array();
    for (auto const& [field, message] : error.fields)
      writer.begin_object().member("field", field).member("message", message).end_object();
    writer.end_array();
  }
  writer.member("request_id", request_id).end_object();

  auto response = json_response(status, std::move(body));
  response.headers.add("Cache-Control", "no-store");
  add_retry_after(response, error);
  if (status == 401)
    response.headers.add("WWW-Authenticate", error.code == "INVALID_TOKEN"
                                                 ? "Bearer error=\"invalid_token\""
                                                 : "Bearer");
  // RFC 6750 has one word for a scope and a role that do not reach.
  if (status == 403 && (error.code == "INSUFFICIENT_SCOPE" || error.code == "FORBIDDEN"))
    response.headers.add("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
  return response;
}

Response oauth_form(int status, Error const& error) {
  auto const word =
      is_lower_case(error.code) ? std::string_view(error.code) : row_of(error.kind).oauth_word;
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("error", word).member("error_description", error.message);
  auto const reason = std::ranges::find(error.fields, "reason", &FieldError::field);
  if (reason != error.fields.end()) writer.member("reason", reason->message);
  writer.end_object();

  auto response = json_response(status, std::move(body));
  response.headers.add("Cache-Control", "no-store");
  add_retry_after(response, error);
  if (status == 401)
    response.headers.add("WWW-Authenticate", word == "invalid_token"
                                                 ? "Bearer error=\"invalid_token\""
                                                 : "Basic realm=\"oauth\"");
  return response;
}

std::string text_member(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  return std::string(member ? member->as_string().value_or("") : "");
}

}  // namespace

int status_of(ErrorKind kind) {
  return row_of(kind).status;
}

ErrorKind kind_of(int status) {
  auto const* const row = std::ranges::find(kinds, status, &KindRow::status);
  if (row != std::end(kinds)) return row->kind;
  if (status == 504) return ErrorKind::unavailable;
  return status >= 400 && status < 500 ? ErrorKind::bad_request : ErrorKind::internal;
}

Response error_response(Error const& error, std::string_view request_id) {
  return envelope(status_of(error.kind), error, request_id);
}

Response oauth_error_response(Error const& error) {
  return oauth_form(status_of(error.kind), error);
}

Response error_response(Error const& error, Request const& request) {
  return protocol_error_response(status_of(error.kind), error, request);
}

Response protocol_error_response(int status, Error const& error, Request const& request) {
  if (speaks_oauth(request.path)) return oauth_form(status, error);
  auto response = envelope(status, error, request.id);
  if (is_api(request.path)) allow_any_origin(response);
  return response;
}

Error decode_error(int status, Headers const& headers, std::string_view body) {
  auto const& row = row_of(kind_of(status));
  Error error{row.kind, std::string(row.code), "The server answered " + std::to_string(status)};
  auto const wait = headers.get("Retry-After");
  std::int64_t seconds = 0;
  std::from_chars(wait.data(), wait.data() + wait.size(), seconds);
  error.retry_after = std::chrono::seconds(std::max<std::int64_t>(seconds, 0));

  auto const parsed = json::Value::parse(body);
  if (!parsed || !parsed->is_object()) return error;
  for (auto const* name : {"code", "error"})
    if (auto code = text_member(*parsed, name); !code.empty()) error.code = std::move(code);
  for (auto const* name : {"message", "error_description"})
    if (auto message = text_member(*parsed, name); !message.empty())
      error.message = std::move(message);
  if (auto reason = text_member(*parsed, "reason"); !reason.empty())
    error.fields.push_back({"reason", std::move(reason)});
  if (auto const faults = parsed->find("errors"))
    for (auto const& fault : faults->items())
      error.fields.push_back({text_member(fault, "field"), text_member(fault, "message")});
  return error;
}

}  // namespace insighta::http
