#pragma once

#include "platform/async/task.hpp"
#include "profiles/domain/staged_profile.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::profiles {

/// The rows of one import on their way into the table: staged as they come, then stored together.
/// Two connections share them by their names, so that the server's cores share the work and equal
/// names still meet in the order of their lines. Throws postgres::Unavailable while the database is
/// away; what was not stored is gone then.
class ImportStore {
 public:
  explicit ImportStore(postgres::Database& database);
  ~ImportStore();

  /// Stages rows. They must be there until the task ends.
  Task<void> stage(std::span<StagedProfile const> rows);
  /// Stores what was staged since, each half in a transaction of its own, and gives the lines whose
  /// names were taken, in order; of equal names among the rows the first wins.
  Task<std::vector<std::int64_t>> store();

  std::int64_t staged() const { return staged_; }

 private:
  class Half;
  Task<void> open(std::size_t half);

  postgres::Database& database_;
  std::array<std::unique_ptr<Half>, 2> halves_;
  std::array<std::string, 2> texts_;
  std::int64_t staged_ = 0;
};

}  // namespace insighta::profiles
