#pragma once

#include "platform/async/event_loop.hpp"
#include "platform/postgres/failure.hpp"
#include "platform/postgres/parameters.hpp"
#include "platform/postgres/query.hpp"
#include "platform/postgres/rows.hpp"
#include "platform/transaction/transaction.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace insighta::metrics {
class Registry;
}

namespace insighta::postgres {

class Database;
struct TransactionSession;

struct Settings {
  std::string connection_string;  ///< libpq keywords or URI; may hold a password, never logged
  std::string application_name = "insighta";
  std::size_t transaction_connections = 8;  ///< exclusive connections per event loop
  std::size_t bulk_connections = 6;         ///< for exports and imports, per event loop
  std::chrono::milliseconds statement_timeout{5'000};
  std::chrono::milliseconds bulk_statement_timeout{1'800'000};
  std::chrono::milliseconds lock_timeout{3'000};
  std::chrono::milliseconds bulk_lock_timeout{60'000};  ///< imports wait for each other's turns
  std::chrono::milliseconds connect_timeout{3'000};
  std::chrono::milliseconds acquire_timeout{3'000};  ///< waiting for a free exclusive connection
};

/// A transaction on an exclusive connection; rolls back unless committed. READ COMMITTED.
class Transaction {
 public:
  explicit Transaction(std::unique_ptr<TransactionSession> session);
  ~Transaction();
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) = delete;

  Task<Rows> query(Query const& query, Parameters parameters = {});
  /// Throws Unavailable when the answer was lost: the outcome is then unknown.
  Task<void> commit();

  /// COPY … FROM STDIN: write() any pieces, then finish() gives the number of rows.
  Task<void> begin_copy_in(Query const& copy);
  Task<void> copy_write(std::string_view piece);
  Task<std::int64_t> copy_finish();

  /// COPY … TO STDOUT (no parameters in COPY: format values with quote_literal). read() gives
  /// pieces of whole rows until nothing is left; not reading is back-pressure for the server.
  Task<void> begin_copy_out(std::string sql);
  Task<std::optional<std::string>> copy_read();

 private:
  friend class Database;
  /// Waits for it, unlike the destructor; never throws.
  Task<void> rollback();
  Task<void> begin_copy_in_sql(std::string sql);
  TransactionSession& session() const;

  std::unique_ptr<TransactionSession> session_;
};

/// The database as one event loop sees it: a pipelined connection for reads and single statements,
/// and pools of exclusive ones for transactions and for bulk work, so that a long statement never
/// stands in front of short ones. Connections are made when first needed and again with back-off
/// after they broke. All calls throw Unavailable while the database is away, Failure when it
/// refuses.
class Database final : public Transactions {
 public:
  Database(EventLoop& loop, Settings settings, metrics::Registry* metrics = nullptr);
  ~Database() override;

  /// One statement, committed by itself, in the pipeline of all others of this loop. An error harms
  /// only its own statement. For statements that take milliseconds.
  Task<Rows> query(Query const& query, Parameters parameters = {});

  /// A transaction by hand; Transactions::run() is what use cases take.
  Task<Transaction> begin();
  /// A transaction on a bulk connection, with the bulk time limits.
  Task<Transaction> begin_bulk();

  /// True when the server answers `select 1` now.
  Task<bool> is_reachable();

  /// Cancels what runs and closes every connection; afterwards all calls throw Unavailable.
  Task<void> close();

 protected:
  Task<void> run_erased(std::function<Task<bool>(Transaction&)> body) override;

 private:
  Task<bool> attempt(std::function<Task<bool>(Transaction&)> const& body, bool may_be_repeated);

  struct State;
  std::unique_ptr<State> state_;
};

/// `text` as an SQL string literal (standard_conforming_strings), for the few statements that take
/// no parameters.
std::string quote_literal(std::string_view text);

}  // namespace insighta::postgres
