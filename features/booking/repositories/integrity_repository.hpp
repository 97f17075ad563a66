#pragma once

#include "booking/domain/integrity.hpp"
#include "platform/async/task.hpp"

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Counts what must not be in the tables of this feature; one query per invariant.
class IntegrityRepository {
 public:
  explicit IntegrityRepository(postgres::Database& database) : database_(database) {}

  /// All of them in one snapshot, so that work in progress is seen whole or not at all. Reads every
  /// row: a bulk connection and its time limits are taken.
  Task<IntegrityReport> check();

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
