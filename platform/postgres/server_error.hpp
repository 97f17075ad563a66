#pragma once

#include "platform/postgres/failure.hpp"

#include <exception>
#include <string>
#include <string_view>

struct pg_result;
struct pg_conn;

namespace insighta::postgres {

/// What the server said when it refused a statement.
struct ServerError {
  std::string sqlstate;
  std::string message;  ///< its first line, without values of rows
  std::string constraint;
  /// The server does not have the prepared statement, or not in the shape it has now.
  bool lost_its_statement = false;
};

/// A statement that ran into a change of the schema, or lost its preparation: when run again it is
/// prepared anew.
class LostStatement : public Failure {
 public:
  using Failure::Failure;
};

ServerError read_error(pg_result const* result);

/// What a statement gets that was sent behind one that failed: it was not run.
inline constexpr char const* behind_a_failed_one = "25P02";

/// A write on a server that only reads: it was the primary and is a standby now.
inline constexpr std::string_view read_only_server = "25006";

/// True for the states that say "not now" rather than "not this": connection trouble, shutdown,
/// start-up, too many connections, time limits.
bool means_unavailable(std::string_view sqlstate);

/// Failure or Unavailable, naming the query.
std::exception_ptr to_exception(ServerError const& error, std::string_view query);

/// libpq's last message about a connection in one line. It never holds the password.
std::string connection_message(pg_conn const* connection);

}  // namespace insighta::postgres
