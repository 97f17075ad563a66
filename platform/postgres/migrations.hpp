#pragma once

#include "platform/postgres/database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace insighta::postgres {

struct MigrationReport {
  std::vector<std::string> applied;  ///< names, in order
  std::size_t already_there = 0;
};

/// Brings the database to the newest schema: every NNNN_*.sql of `folder` in order, each in a
/// transaction of its own, all under one advisory lock, so that several callers take turns.
/// Throws std::runtime_error when a file that was applied before was edited or is missing, when one
/// with a lower number than an applied one appears, or when two have the same number; Failure when
/// a migration fails (nothing of it stays). Blocking.
MigrationReport migrate(std::string const& connection_string, std::filesystem::path const& folder);

/// What migrate() would still apply; empty = the schema is current.
std::vector<std::string> pending_migrations(std::string const& connection_string,
                                            std::filesystem::path const& folder);

}  // namespace insighta::postgres
