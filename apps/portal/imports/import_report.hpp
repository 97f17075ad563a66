#pragma once

#include "platform/async/task.hpp"
#include "platform/uuid/uuid.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace insighta::portal {

class ImportStore;

/// Takes the API's report of an import (NDJSON: rejected rows, the summary last) as it arrives and
/// stores the rows as CSV, piece by piece: never the whole of it in memory.
class ImportReport {
 public:
  ImportReport(ImportStore& store, Uuid import_id) : store_(store), import_id_(import_id) {}

  Task<void> take(std::string piece);
  Task<void> finish();

  std::int64_t rejected_rows() const { return rejected_rows_; }
  /// JSON; empty when the report broke off before it.
  std::string const& summary() const { return summary_; }

 private:
  void take_line(std::string_view line);
  Task<void> store_piece();

  ImportStore& store_;
  Uuid import_id_;
  std::string line_;  ///< what has come of the next one
  std::string csv_;
  std::int32_t pieces_ = 0;
  std::int64_t rejected_rows_ = 0;
  std::string summary_;
};

}  // namespace insighta::portal
