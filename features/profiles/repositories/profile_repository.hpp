#pragma once

#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"
#include "profiles/domain/profile_query.hpp"
#include "profiles/domain/stats.hpp"
#include "profiles/domain/total.hpp"
#include "profiles/repositories/import_store.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
class Rows;
}  // namespace insighta::postgres

namespace insighta::profiles {

struct Statement;

/// Profiles read one after the other from one consistent view, however many there are.
class ProfileRows {
 public:
  virtual ~ProfileRows() = default;
  /// Some more; empty at the end. Not asking is back-pressure for the database.
  virtual Task<std::vector<Profile>> next() = 0;
};

/// Profiles in PostgreSQL. One per event loop. Throws postgres::Unavailable while the database is
/// away.
class ProfileRepository {
 public:
  explicit ProfileRepository(postgres::Database& database) : database_(database) {}

  /// The rows of a page; the total helps to choose the way to them.
  Task<std::vector<Profile>> list(ListQuery const& query, Total const& total);
  Task<Total> count(Filters const& filters);
  Task<Stats> stats(Filters const& filters);
  Task<std::optional<Profile>> find(ProfileId id);
  Task<std::optional<Profile>> find_by_name_key(std::string_view name_key);
  /// False when the name is taken: nothing was stored.
  Task<bool> insert(NewProfile const& profile);
  /// False when there is none.
  Task<bool> remove(ProfileId id);
  Task<std::unique_ptr<ProfileRows>> read_all(Filters const& filters, Sort const& sort);

  /// For the rows of one import.
  ImportStore begin_import() { return ImportStore(database_); }

 private:
  Task<postgres::Rows> run(Statement statement);
  Task<std::vector<Profile>> list_far(ListQuery const& query);

  postgres::Database& database_;
};

/// What stands behind a cursor of this order for the row.
std::string sort_value_of(Profile const& profile, SortField field);

}  // namespace insighta::profiles
