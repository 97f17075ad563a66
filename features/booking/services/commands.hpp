#pragma once

#include "booking/domain/party.hpp"
#include "identity/domain/actor.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace insighta::booking {

class IdempotencyRepository;
class CallerRepository;

/// What a write answers, and what its repetition with the same Idempotency-Key answers again.
struct Answer {
  int status = 200;
  std::string body;
  std::optional<std::int64_t> version = {};  ///< of the thing in the body, sent as its ETag
};

/// A write as it arrived. `at` is the one instant that it is decided by: when the server received
/// it, before any lock was waited for.
struct Call {
  identity::Actor const& actor;
  Instant at;
  std::string route = {};            ///< method and concrete path
  std::string idempotency_key = {};  ///< empty without one
  std::string request_hash = {};     ///< SHA-256 of the body
};

/// A write while it runs: everything that it does is in `tx`.
struct Command {
  identity::Actor const& actor;
  Caller caller;
  Instant at;
  std::optional<std::int64_t> expected_version;  ///< If-Match
  Transaction& tx;

  /// The author of an event in this part.
  Author as(Party party) const { return {actor.user_id, party}; }
  /// 412 `STALE_VERSION` when If-Match names another version.
  Result<void> require_version(std::int64_t current) const;
};

/// Runs writes: each in one transaction, which its answer is part of when it has an Idempotency-Key
/// (spec booking.md section 7). One per event loop.
class Commands {
 public:
  Commands(IdempotencyRepository& answers, CallerRepository& callers, Transactions& transactions)
      : answers_(answers), callers_(callers), transactions_(transactions) {}

  using Body = std::function<Task<Result<Answer>>(Command const&)>;

  /// Commits when `body` answers, rolls back when it refuses; may run it again after a deadlock. A
  /// key that came before with the same body: the stored answer, after waiting for the first one to
  /// end; with another body: 422 `IDEMPOTENCY_KEY_REUSED`.
  Task<Result<Answer>> run(Call call, std::optional<std::int64_t> expected_version, Body body);

  /// Who is asking, for reads.
  Task<Caller> caller_of(identity::Actor const& actor);

 private:
  IdempotencyRepository& answers_;
  CallerRepository& callers_;
  Transactions& transactions_;
};

}  // namespace insighta::booking
