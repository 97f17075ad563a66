#pragma once

#include "booking/handlers/integrity_handlers.hpp"
#include "booking/repositories/caller_repository.hpp"
#include "booking/repositories/idempotency_repository.hpp"
#include "booking/repositories/integrity_repository.hpp"
#include "booking/services/commands.hpp"
#include "booking/services/integrity_service.hpp"
#include "config.hpp"
#include "platform/clock/clock.hpp"

#include <vector>

namespace insighta::identity {
class AccountService;
}

namespace insighta::postgres {
class Database;
}

namespace insighta::api {

/// One thread's bookings: in the order of construction, each thing uses what stands above it.
class BookingParts {
 public:
  struct Surroundings {
    Config const& config;
    Clock const& clock;
    postgres::Database& database;
    identity::AccountService& accounts;  ///< who makes people clients and trainers
  };
  explicit BookingParts(Surroundings around);

  /// Below /api/v1.
  std::vector<booking::GuardedRoute> api_routes();

  /// Does all that became due by now, as the clock says, and returns when nothing is left. Any
  /// number of processes may do it at once: they share it.
  Task<void> work();

 private:
  Surroundings around_;
  booking::CallerRepository callers_;
  booking::IdempotencyRepository answers_;
  booking::IntegrityRepository integrity_store_;
  booking::Commands commands_;
  booking::IntegrityService integrity_;
  booking::IntegrityHandlers integrity_handlers_;
};

}  // namespace insighta::api
