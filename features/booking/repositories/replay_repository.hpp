#pragma once

#include "booking/domain/replay.hpp"
#include "platform/async/task.hpp"

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Rebuilds bookings, sessions, calls and their claims from the event log alone. `database` is
/// connected as the owner of the schemas: a schema is made for it.
class ReplayRepository {
 public:
  explicit ReplayRepository(postgres::Database& database) : database_(database) {}

  /// Folds every history in the order of its numbers and compares where it ends with the tables,
  /// all of one moment. What it makes is gone again with its transaction.
  Task<ReplayReport> compare();

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
