#pragma once

#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"

namespace insighta::booking {

class ClaimRepository;
class CreditService;
class DiscoveryService;
class IdempotencyRepository;
class ReminderRepository;
class SessionService;

/// What becomes due by the mere passing of time. Any number of workers may run it at once: each
/// thing is done by one of them. One per event loop.
class Sweeper {
 public:
  struct Parts {
    ClaimRepository& claims;
    DiscoveryService& discovery;
    SessionService& sessions;
    CreditService& credits;
    ReminderRepository& reminders;
    IdempotencyRepository& answers;
  };
  explicit Sweeper(Parts parts) : parts_(parts) {}

  /// Frees expired holds, closes calls and sessions that nobody closed, ends what is over of
  /// subscriptions, queues reminders and forgets expired answers. When it returns, all that was due
  /// at `now` is done, or another worker has it in hand; what cannot be done keeps nothing else
  /// from being done, and the first failure is thrown at the end.
  Task<void> run(Instant now);

 private:
  Parts parts_;
};

}  // namespace insighta::booking
