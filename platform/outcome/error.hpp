#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace insighta {

/// What went wrong, as a closed list; platform/http/status.hpp maps each to one HTTP status.
enum class ErrorKind {
  bad_request,         ///< 400: missing, empty or unreadable
  unauthenticated,     ///< 401
  forbidden,           ///< 403
  not_found,           ///< 404
  method_not_allowed,  ///< 405
  conflict,            ///< 409
  stale_version,       ///< 412
  too_large,           ///< 413
  unsupported_type,    ///< 415
  invalid,             ///< 422: present, but of the wrong type or value
  too_many_requests,   ///< 429, with retry_after
  bad_upstream,        ///< 502
  unavailable,         ///< 503, with retry_after
  internal,            ///< 500: only ever decoded from another server's answer
};

struct FieldError {
  std::string field;
  std::string message;
  bool operator==(FieldError const&) const = default;
};

/// An expected failure: what every use case may answer instead of its result.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string code;     ///< stable word for machines, UPPER_SNAKE
  std::string message;  ///< one sentence for people
  std::vector<FieldError> fields = {};
  std::chrono::seconds retry_after{0};  ///< 0 = not said
  std::int64_t calls_per_minute = 0;    ///< the limit that was passed; 0 = none was
  bool operator==(Error const&) const = default;
};

/// Shorthands for the kinds that need no field list. The code defaults to the kind's own word.
Error bad_request(std::string message, std::string code = "BAD_REQUEST");
Error unauthenticated(std::string message, std::string code = "UNAUTHENTICATED");
Error forbidden(std::string message, std::string code = "FORBIDDEN");
Error not_found(std::string message, std::string code = "NOT_FOUND");
Error conflict(std::string message, std::string code);
Error invalid(std::string message, std::vector<FieldError> fields = {},
              std::string code = "VALIDATION_FAILED");
Error unavailable(std::string message, std::chrono::seconds retry_after,
                  std::string code = "SERVICE_UNAVAILABLE");
Error bad_upstream(std::string message, std::string code = "BAD_GATEWAY");

}  // namespace insighta
