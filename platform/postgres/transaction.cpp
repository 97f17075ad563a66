#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"
#include "platform/postgres/transaction_session.hpp"

#include <fmt/format.h>

#include <utility>

namespace insighta::postgres {

namespace {

/// Longer than the server may take to make a commit durable on its standbys.
constexpr std::chrono::seconds control_timeout{10};

Task<Rows> run(TransactionSession& session, Query query, Parameters parameters) {
  auto& connection = session.lease.connection();
  if (std::exchange(session.has_begun, true)) {
    co_return co_await connection.run_in_transaction(query, std::move(parameters));
  }
  co_return co_await connection.run_behind_begin(query, std::move(parameters));
}

Task<void> begin_now(TransactionSession& session) {
  if (std::exchange(session.has_begun, true)) co_return;
  co_await session.lease.connection().control(begin_transaction, control_timeout);
}

Task<void> commit_session(TransactionSession& session) {
  auto& connection = session.lease.connection();
  ensure(!connection.is_copying(), "commit in the middle of a COPY");
  if (!std::exchange(session.has_begun, false)) co_return;
  std::string done;
  try {
    done = co_await connection.control("commit", control_timeout);
  } catch (Unavailable const& lost) {
    connection.close("the answer to its commit was lost");
    throw Unavailable(
        fmt::format("whether a transaction took effect is not known: {}", lost.what()));
  }
  // The server answers ROLLBACK to the commit of a transaction in which a statement failed.
  if (done != "COMMIT") {
    throw Failure("commit: a statement of this transaction had failed", "25P02", "");
  }
}

/// Takes the session over, so that it also works when nobody waits for it.
Task<void> roll_back(std::unique_ptr<TransactionSession> session) {
  auto& connection = session->lease.connection();
  if (connection.is_copying()) {
    connection.close("a COPY was given up");
    co_return;
  }
  bool is_clean = false;
  try {
    is_clean = co_await connection.control("rollback", control_timeout) == "ROLLBACK";
  } catch (std::exception const&) {
    // The connection goes, and the server rolls back by itself.
  }
  if (!is_clean) connection.close("a rollback got no answer");
}

}  // namespace

Transaction::Transaction(std::unique_ptr<TransactionSession> session)
    : session_(std::move(session)) {}

Transaction::Transaction(Transaction&&) noexcept = default;

Transaction::~Transaction() {
  if (!session_ || !session_->has_begun) return;
  auto& loop = session_->lease.loop();
  loop.spawn(roll_back(std::move(session_)));
}

Task<Rows> Transaction::query(Query const& query, Parameters parameters) {
  return run(session(), query, std::move(parameters));
}

Task<void> Transaction::commit() {
  co_await commit_session(session());
  session_.reset();
}

Task<void> Transaction::rollback() {
  auto session = std::move(session_);
  if (session && session->has_begun) co_await roll_back(std::move(session));
}

Task<void> Transaction::begin_copy_in(Query const& copy) {
  return begin_copy_in_sql(std::string(copy.sql));
}

Task<void> Transaction::begin_copy_in_sql(std::string sql) {
  auto& connection = session().lease.connection();
  co_await begin_now(session());
  co_await connection.begin_copy_in(std::move(sql));
}

Task<void> Transaction::copy_write(std::string_view piece) {
  return session().lease.connection().copy_write(piece);
}

Task<std::int64_t> Transaction::copy_finish() {
  return session().lease.connection().copy_finish();
}

Task<void> Transaction::begin_copy_out(std::string sql) {
  auto& connection = session().lease.connection();
  co_await begin_now(session());
  co_await connection.begin_copy_out(std::move(sql));
}

Task<std::optional<std::string>> Transaction::copy_read() {
  return session().lease.connection().copy_read();
}

TransactionSession& Transaction::session() const {
  ensure(session_ != nullptr, "a transaction is used after its end");
  return *session_;
}

}  // namespace insighta::postgres
