#include "platform/postgres/server_error.hpp"

#include "platform/postgres/failure.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>

namespace insighta::postgres {

namespace {

std::string field(pg_result const* result, int code) {
  char const* const text = PQresultErrorField(result, code);
  return text == nullptr ? std::string() : std::string(text);
}

std::string first_line(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  return text;
}

}  // namespace

ServerError read_error(pg_result const* result) {
  ServerError error{field(result, PG_DIAG_SQLSTATE), field(result, PG_DIAG_MESSAGE_PRIMARY),
                    field(result, PG_DIAG_CONSTRAINT_NAME)};
  // libpq's own errors have neither.
  if (error.message.empty()) error.message = first_line(PQresultErrorMessage(result));
  return error;
}

bool means_unavailable(std::string_view sqlstate) {
  static constexpr std::array<std::string_view, 8> states = {
      "57P01",  // terminated by an administrator or by a shutdown
      "57P02",  // another backend crashed
      "57P03",  // starting up or shutting down
      "57P05",  // idle_session_timeout
      "57014",  // statement_timeout or a cancel request
      "55P03",  // lock_timeout
      "25P03",  // idle_in_transaction_session_timeout
      read_only_server,
  };
  // libpq's own errors have no state: the connection broke. 08: so say others; 53: no room for more
  // connections, memory or files.
  return sqlstate.empty() || sqlstate.starts_with("08") || sqlstate.starts_with("53") ||
         std::ranges::find(states, sqlstate) != states.end();
}

std::exception_ptr to_exception(ServerError const& error, std::string_view query) {
  auto message = fmt::format("{}: {} ({})", query.empty() ? "unnamed statement" : query,
                             error.message, error.sqlstate);
  if (means_unavailable(error.sqlstate)) return std::make_exception_ptr(Unavailable(message));
  if (error.lost_its_statement) {
    return std::make_exception_ptr(
        LostStatement(std::move(message), error.sqlstate, error.constraint));
  }
  return std::make_exception_ptr(Failure(std::move(message), error.sqlstate, error.constraint));
}

std::string connection_message(pg_conn const* connection) {
  auto message = first_line(PQerrorMessage(connection));
  return message.empty() ? "the connection is gone" : message;
}

}  // namespace insighta::postgres
