#include "terminal/exit_code.hpp"

namespace insighta::cli {

ExitCode exit_code_of(Error const& error) {
  switch (error.kind) {
    case ErrorKind::bad_request:
    case ErrorKind::invalid:
      return ExitCode::usage;
    case ErrorKind::not_found:
      return ExitCode::not_found;
    case ErrorKind::unauthenticated:
    case ErrorKind::forbidden:
      return ExitCode::not_signed_in;
    case ErrorKind::conflict:
    case ErrorKind::stale_version:
      return ExitCode::conflict;
    case ErrorKind::method_not_allowed:
    case ErrorKind::too_many_requests:
    case ErrorKind::bad_upstream:
    case ErrorKind::unavailable:
      return ExitCode::server;
    case ErrorKind::too_large:
    case ErrorKind::unsupported_type:
    case ErrorKind::internal:
      return ExitCode::failure;
  }
  return ExitCode::failure;
}

}  // namespace insighta::cli
