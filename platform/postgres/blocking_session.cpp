#include "platform/postgres/blocking_session.hpp"

#include "platform/postgres/failure.hpp"
#include "platform/postgres/server_error.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <map>
#include <new>
#include <stdexcept>

namespace insighta::postgres {

namespace {

struct ClearResult {
  void operator()(pg_result* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<pg_result, ClearResult>;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

std::vector<BlockingSession::TextRow> rows_of(pg_conn* connection, Answer const& answer) {
  auto const status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    if (PQstatus(connection) == CONNECTION_BAD) throw Unavailable(connection_message(connection));
    std::rethrow_exception(to_exception(read_error(answer.get()), "statement"));
  }
  std::vector<BlockingSession::TextRow> rows;
  for (int row = 0; row < PQntuples(answer.get()); ++row) {
    auto& values = rows.emplace_back();
    for (int column = 0; column < PQnfields(answer.get()); ++column) {
      values.emplace_back(PQgetvalue(answer.get(), row, column));
    }
  }
  return rows;
}

}  // namespace

void BlockingSession::Finish::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

BlockingSession::BlockingSession(std::string const& connection_string) {
  std::array const keywords{"connect_timeout", "fallback_application_name", "dbname",
                            "client_encoding", static_cast<char const*>(nullptr)};
  std::array const values{"5", "insighta", connection_string.c_str(), "UTF8",
                          static_cast<char const*>(nullptr)};
  connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
  if (!connection_) throw std::bad_alloc();
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw Unavailable(
        fmt::format("the database is away: {}", connection_message(connection_.get())));
  }
  PQsetNoticeProcessor(connection_.get(), [](void*, char const*) {}, nullptr);
}

std::vector<BlockingSession::TextRow> BlockingSession::execute(std::string const& sql) {
  return rows_of(connection_.get(), Answer(PQexec(connection_.get(), sql.c_str())));
}

std::vector<BlockingSession::TextRow> BlockingSession::query(
    std::string const& sql, std::vector<std::string> const& parameters) {
  std::vector<char const*> values;
  for (auto const& parameter : parameters) values.push_back(parameter.c_str());
  return rows_of(connection_.get(), Answer(PQexecParams(connection_.get(), sql.c_str(),
                                                        static_cast<int>(values.size()), nullptr,
                                                        values.data(), nullptr, nullptr, 0)));
}

bool BlockingSession::is_in_transaction() const {
  return PQtransactionStatus(connection_.get()) == PQTRANS_INTRANS;
}

std::string with_keywords(std::string const& connection_string,
                          std::vector<std::pair<std::string, std::string>> const& replacements) {
  char* fault = nullptr;
  std::unique_ptr<PQconninfoOption, FreeOptions> const options(
      PQconninfoParse(connection_string.c_str(), &fault));
  PQfreemem(fault);  // not shown: it may repeat the password
  if (!options) throw std::invalid_argument("the database's connection string cannot be read");
  std::map<std::string, std::string> keywords;
  for (auto const* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) keywords[option->keyword] = option->val;
  }
  for (auto const& [keyword, value] : replacements) keywords[keyword] = value;
  std::string result;
  for (auto const& [keyword, value] : keywords) {
    result += fmt::format("{}{}='", result.empty() ? "" : " ", keyword);
    for (char const letter : value) {
      if (letter == '\'' || letter == '\\') result += '\\';
      result += letter;
    }
    result += '\'';
  }
  return result;
}

std::string quote_identifier(std::string_view name) {
  std::string quoted = "\"";
  for (char const letter : name) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

}  // namespace insighta::postgres
