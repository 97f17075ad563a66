#include "booking/services/sweeper.hpp"

#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/idempotency_repository.hpp"
#include "booking/repositories/reminder_repository.hpp"
#include "booking/services/credit_service.hpp"
#include "booking/services/discovery_service.hpp"
#include "booking/services/session_service.hpp"
#include "booking/services/sweep.hpp"

namespace insighta::booking {

namespace {

/// Reminders that one statement takes.
constexpr std::int64_t batch = 200;

Task<bool> has_done(Task<std::int64_t> work) {
  co_return co_await std::move(work) > 0;
}

}  // namespace

Task<void> Sweeper::run(Instant now) {
  Sweep sweep;
  co_await sweep.attempt(has_done(parts_.claims.free_expired_holds(now)));
  co_await sweep.attempt(has_done(parts_.discovery.sweep(now)));
  co_await sweep.attempt(has_done(parts_.sessions.sweep(now)));
  // Behind the sessions: a credit that came back may belong to a period that is over by now.
  co_await sweep.attempt(has_done(parts_.credits.sweep(now)));
  while (co_await sweep.attempt(has_done(parts_.reminders.queue_due(now, batch)))) {
  }
  co_await sweep.attempt(has_done(parts_.answers.delete_expired(now)));
  sweep.tell();
}

}  // namespace insighta::booking
