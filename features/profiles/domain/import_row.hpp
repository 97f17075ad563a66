#pragma once

#include "platform/outcome/result.hpp"
#include "profiles/domain/csv_reader.hpp"
#include "profiles/domain/staged_profile.hpp"

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// Why a row was skipped; a row has the first of them that holds.
enum class RowReason : std::uint8_t {
  malformed_row,
  broken_encoding,
  missing_fields,
  invalid_gender,
  invalid_age,
  invalid_country,
  invalid_probability,
  duplicate_name,
};
inline constexpr std::size_t row_reasons = 8;
std::string_view to_string(RowReason reason);

struct SkippedRow {
  std::int64_t line = 0;
  RowReason reason = RowReason::malformed_row;
  std::string_view field = {};  ///< empty when the row as a whole is meant

  bool operator==(SkippedRow const&) const = default;
};

/// The columns that an import reads; the first four are required.
enum class Column : std::uint8_t {
  name,
  gender,
  age,
  country_id,
  gender_probability,
  country_probability,
  created_at,
};
inline constexpr std::size_t columns = 7;
inline constexpr std::size_t required_columns = 4;
std::string_view to_string(Column column);
std::optional<Column> parse_column(std::string_view text);

/// A row as text, from CSV or JSON; the texts belong to whoever read them.
struct ImportRow {
  std::int64_t line = 0;
  CsvRow::Fault fault = CsvRow::Fault::none;
  std::array<std::string_view, columns> cells = {};  ///< what is not there is empty

  std::string_view& cell(Column column) { return cells[static_cast<std::size_t>(column)]; }
  std::string_view cell(Column column) const { return cells[static_cast<std::size_t>(column)]; }
};

/// Which column of the product each column of a file is.
class CsvHeader {
 public:
  /// Any order and case, unknown columns ignored. 400 when it cannot be read, names a column twice
  /// or lacks a required one.
  static Result<CsvHeader> from(CsvRow const& row);
  ImportRow apply(CsvRow const& row) const;

 private:
  std::vector<std::optional<Column>> columns_;
};

/// The profile that a row stands for, created `now` unless the row says otherwise.
std::expected<StagedProfile, SkippedRow> check_row(ImportRow const& row, Instant now);

/// How an import went.
struct ImportReport {
  std::int64_t total_rows = 0;
  std::int64_t inserted = 0;
  std::array<std::int64_t, row_reasons> reasons{};

  std::int64_t skipped() const { return total_rows - inserted; }
};

}  // namespace insighta::profiles
