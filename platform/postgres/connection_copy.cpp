#include "platform/outcome/ensure.hpp"
#include "platform/postgres/connection.hpp"
#include "platform/postgres/failure.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <utility>

// COPY of a connection. libpq does not copy in pipeline mode, so it is left for as long; while rows
// go out nothing is read from the socket unless the caller asks for more.
namespace insighta::postgres {

using std::chrono::steady_clock;

namespace {

constexpr std::size_t piece_size = 64 * 1024;

struct FreeRow {
  void operator()(char* row) const { PQfreemem(row); }
};

}  // namespace

Task<void> Connection::begin_copy_in(std::string sql) {
  return start_copy(std::move(sql), Copy::in);
}

Task<void> Connection::begin_copy_out(std::string sql) {
  return start_copy(std::move(sql), Copy::out);
}

Task<void> Connection::start_copy(std::string sql, Copy kind) {
  auto const self = shared_from_this();
  ensure(requests_.empty() && !is_copying(), "COPY begins while something else runs");
  if (!is_open()) throw_unavailable();
  wait_deadline_ = steady_clock::now() + settings_.statement_timeout + std::chrono::seconds{1};
  schedule_deadline();
  copy_ = kind;
  if (PQexitPipelineMode(connection_.get()) != 1 ||
      PQsendQuery(connection_.get(), sql.c_str()) != 1) {
    drop(connection_message(connection_.get()));
    throw_unavailable();
  }
  co_await flushed();
  auto const result = co_await next_result();
  auto const status = PQresultStatus(result.get());
  if (status == (kind == Copy::in ? PGRES_COPY_IN : PGRES_COPY_OUT)) co_return;
  auto const error = read_error(result.get());
  co_await end_copy();
  ensure(status == PGRES_FATAL_ERROR, "a statement that should copy did something else");
  std::rethrow_exception(to_exception(error, "copy"));
}

Task<void> Connection::copy_write(std::string_view piece) {
  auto const self = shared_from_this();
  if (!is_open()) throw_unavailable();
  ensure(copy_ == Copy::in, "copy_write without begin_copy_in");
  while (!piece.empty()) {
    auto const part = piece.substr(0, piece_size);
    int const is_taken =
        PQputCopyData(connection_.get(), part.data(), static_cast<int>(part.size()));
    if (is_taken < 0) {
      drop(connection_message(connection_.get()));
      throw_unavailable();
    }
    if (is_taken == 1) piece.remove_prefix(part.size());
    // Also when taken: libpq would rather let its buffer grow than say no.
    co_await flushed();
  }
}

Task<std::int64_t> Connection::copy_finish() {
  auto const self = shared_from_this();
  if (!is_open()) throw_unavailable();
  ensure(copy_ == Copy::in, "copy_finish without begin_copy_in");
  int is_ended = 0;
  while ((is_ended = PQputCopyEnd(connection_.get(), nullptr)) == 0) co_await flushed();
  if (is_ended < 0) {
    drop(connection_message(connection_.get()));
    throw_unavailable();
  }
  co_await flushed();
  auto const result = co_await end_copy();
  std::string_view const text = PQcmdTuples(result.get());
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  co_return count;
}

Task<std::optional<std::string>> Connection::copy_read() {
  auto const self = shared_from_this();
  if (!is_open()) throw_unavailable();
  ensure(copy_ == Copy::out, "copy_read without begin_copy_out, or after its end");
  std::string piece;
  piece.reserve(piece_size + piece_size / 8);  // the row that fills it goes beyond
  for (;;) {
    char* row = nullptr;
    int const size = PQgetCopyData(connection_.get(), &row, 1);
    std::unique_ptr<char, FreeRow> const owner(row);
    if (size > 0) piece.append(row, static_cast<std::size_t>(size));
    if (size == 0 && piece.empty()) {
      co_await readable();
      continue;
    }
    if (size <= 0 || piece.size() >= piece_size) {
      if (!piece.empty()) co_return piece;
      co_await end_copy();
      co_return std::nullopt;
    }
  }
}

/// Takes what is left of the answer, goes back to pipeline mode and throws what the COPY failed of.
Task<Connection::Result> Connection::end_copy() {
  Result outcome;
  std::optional<ServerError> error;
  while (auto result = co_await next_result()) {
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) error = read_error(result.get());
    outcome = std::move(result);
  }
  wait_deadline_ = {};
  copy_ = Copy::none;
  if (PQenterPipelineMode(connection_.get()) != 1) {
    drop(connection_message(connection_.get()));
    throw_unavailable();
  }
  watch();
  if (error) std::rethrow_exception(to_exception(*error, "copy"));
  co_return outcome;
}

Task<Connection::Result> Connection::next_result() {
  while (PQisBusy(connection_.get()) != 0) co_await readable();
  co_return Result(PQgetResult(connection_.get()));
}

Task<void> Connection::readable() {
  Signal woken;
  reader_ = &woken;
  watch();
  co_await woken;
  if (!broken_.empty()) throw_unavailable();
}

Task<void> Connection::flushed() {
  flush();
  while (is_flushing_) {
    Signal woken;
    writer_ = &woken;
    co_await woken;
    if (!broken_.empty()) throw_unavailable();
  }
}

}  // namespace insighta::postgres
