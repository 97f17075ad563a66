#include "api/answer_error.hpp"

#include "platform/json/value.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace insighta::cli {

namespace {

/// 500 is the server's fault, so never `internal`, which here means this computer.
ErrorKind kind_of(int status) {
  switch (status) {
    case 400:
      return ErrorKind::bad_request;
    case 401:
      return ErrorKind::unauthenticated;
    case 403:
      return ErrorKind::forbidden;
    case 404:
      return ErrorKind::not_found;
    case 409:
      return ErrorKind::conflict;
    case 412:
      return ErrorKind::stale_version;
    case 413:
      return ErrorKind::too_large;
    case 415:
      return ErrorKind::unsupported_type;
    case 422:
      return ErrorKind::invalid;
    case 429:
      return ErrorKind::too_many_requests;
    case 503:
      return ErrorKind::unavailable;
    default:
      return ErrorKind::bad_upstream;
  }
}

std::string text_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  auto const text = member ? member->as_string() : std::nullopt;
  return text ? visible(*text) : std::string{};
}

std::vector<FieldError> fields_of(json::Value const& body) {
  std::vector<FieldError> fields;
  auto const list = body.find("errors");
  if (!list) return fields;
  for (json::Value const& item : list->items()) {
    fields.push_back({text_of(item, "field"), text_of(item, "message")});
  }
  return fields;
}

std::string first_of(std::string a, std::string b) {
  return a.empty() ? std::move(b) : std::move(a);
}

}  // namespace

Error error_of(transfer::Answer const& answer) {
  Error error{.kind = kind_of(answer.status),
              .code = fmt::format("HTTP_{}", answer.status),
              .message = fmt::format("the server answered {}", answer.status)};
  std::string_view const seconds = answer.header("Retry-After");
  int retry_after = 0;
  std::from_chars(seconds.data(), seconds.data() + seconds.size(), retry_after);
  error.retry_after = std::chrono::seconds{std::max(retry_after, 0)};
  auto const body = json::Value::parse(answer.body);
  if (!body || !body->is_object()) return error;
  error.code = first_of(first_of(text_of(*body, "code"), text_of(*body, "error")), error.code);
  std::string said = first_of(text_of(*body, "message"), text_of(*body, "error_description"));
  error.message = first_of(std::move(said), error.code);
  error.fields = fields_of(*body);
  return error;
}

std::string describe(Error const& error) {
  std::string line = error.message;
  bool is_first = true;
  for (FieldError const& field : error.fields) {
    line += fmt::format("{}{}: {}", is_first ? " (" : "; ", field.field, field.message);
    is_first = false;
  }
  if (!is_first) line += ")";
  if (error.retry_after.count() > 0) {
    line += fmt::format("; try again in {} s", error.retry_after.count());
  } else if (error.code == "NO_ANSWER") {
    line += "; is the server running, and is the address right (--api-url)?";
  }
  return line;
}

}  // namespace insighta::cli
