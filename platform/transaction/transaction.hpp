#pragma once

#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"

#include <functional>
#include <optional>

namespace insighta {

/// A database transaction in progress, as services see it: something they pass to repositories.
/// Defined by platform/postgres; nothing else can look inside.
namespace postgres {
class Transaction;
}
using postgres::Transaction;

/// Runs a use case inside one transaction. Owned by the wiring, one per event loop.
class Transactions {
 public:
  virtual ~Transactions() = default;

  /// Commits when `body` returns a value; rolls back when it returns an error or throws. A
  /// serialization failure or deadlock (40001, 40P01) runs the whole body again, at most three
  /// times more with jitter, so it must have no effect outside the transaction. Throws
  /// postgres::Unavailable after that, and when the database is away; a commit whose answer was
  /// lost is not retried.
  template <class T>
  Task<Result<T>> run(std::function<Task<Result<T>>(Transaction&)> body) {
    std::optional<Result<T>> outcome;
    co_await run_erased([&](Transaction& transaction) -> Task<bool> {
      outcome.emplace(co_await body(transaction));
      co_return outcome->has_value();
    });
    co_return std::move(*outcome);
  }

 protected:
  /// `body` says whether to commit; it may be called again after a rollback.
  virtual Task<void> run_erased(std::function<Task<bool>(Transaction&)> body) = 0;
};

}  // namespace insighta
