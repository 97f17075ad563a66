#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace insighta::postgres {

/// A connection that blocks its thread: for migrations and for tests, never for serving. Throws
/// Unavailable when it cannot connect or loses the connection, Failure when the server refuses.
class BlockingSession {
 public:
  using TextRow = std::vector<std::string>;  ///< NULL is empty

  explicit BlockingSession(std::string const& connection_string);
  BlockingSession(BlockingSession&&) noexcept = default;

  /// Any number of statements; gives the rows of the last.
  std::vector<TextRow> execute(std::string const& sql);
  /// One statement with text parameters.
  std::vector<TextRow> query(std::string const& sql, std::vector<std::string> const& parameters);
  bool is_in_transaction() const;

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Finish> connection_;
};

/// `connection_string` with some of its keywords replaced, e.g. {{"dbname", "other"}}.
std::string with_keywords(std::string const& connection_string,
                          std::vector<std::pair<std::string, std::string>> const& replacements);

/// `name` as an SQL identifier.
std::string quote_identifier(std::string_view name);

}  // namespace insighta::postgres
