#pragma once

#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/uuid/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::postgres {
class Database;
}

namespace insighta::portal {

/// What an import is doing, or how it ended.
struct ImportState {
  std::string file_name;
  std::string phase;  ///< receiving, storing, done or failed
  std::int64_t bytes_received = 0;
  std::optional<std::int64_t> bytes_expected;
  std::int64_t rejected_rows = 0;
  std::string summary;  ///< the API's, as JSON; of a done one
  std::string failure;  ///< in words; of a failed one
  Instant started_at;

  bool is_running() const { return phase == "receiving" || phase == "storing"; }
};

/// Imports and their reports in the portal's schema, where every replica finds them. One per event
/// loop.
class ImportStore {
 public:
  explicit ImportStore(postgres::Database& database) : database_(database) {}

  /// False when this id was used before.
  Task<bool> insert(Uuid id, Uuid user_id, std::optional<std::int64_t> bytes_expected, Instant now);
  /// Also says that the import is alive; an ended one stays as it is.
  Task<void> update(Uuid id, ImportState const& state);
  Task<void> finish(Uuid id, ImportState const& state);
  /// Only one's own, for 24 hours. One that stopped saying that it lives has failed.
  Task<std::optional<ImportState>> find(Uuid id, Uuid user_id, Instant now);

  /// Pieces of the report, numbered from 0: CSV lines.
  Task<void> add_report_piece(Uuid id, std::int32_t number, std::string csv);
  Task<std::optional<std::string>> find_report_piece(Uuid id, std::int32_t number);

  Task<void> remove_expired(Instant now);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::portal
