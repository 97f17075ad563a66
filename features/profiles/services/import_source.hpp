#pragma once

#include "platform/async/task.hpp"
#include "platform/http/body_stream.hpp"
#include "profiles/domain/import_row.hpp"
#include "profiles/domain/json_items.hpp"

#include <expected>
#include <optional>
#include <vector>

namespace insighta::profiles {

/// Rows that were read and checked.
struct CheckedRows {
  std::vector<StagedProfile> good;
  std::vector<SkippedRow> skipped;

  std::size_t size() const { return good.size() + skipped.size(); }
  void add(std::expected<StagedProfile, SkippedRow> row);
};

/// Where the rows of an import come from, one after the other.
class ImportSource {
 public:
  virtual ~ImportSource() = default;
  /// Reads what must be there before the first row. 400 when the file is empty or is not of its
  /// form; nothing was stored then.
  virtual Task<Result<void>> begin() = 0;
  /// At most `count` more rows; none at the end. An error ends the import. Profiles are created
  /// `now` unless their row says otherwise.
  virtual Task<Result<CheckedRows>> next(std::size_t count, Instant now) = 0;
};

inline constexpr std::uint64_t max_import_bytes = 1ULL << 30;

/// A body that is refused with 413 beyond max_import_bytes.
class ImportBody {
 public:
  explicit ImportBody(http::BodyStream& body) : body_(body) {}
  Task<Result<std::optional<std::string>>> next();

 private:
  http::BodyStream& body_;
  std::uint64_t bytes_ = 0;
};

/// A CSV file with a header.
class CsvSource final : public ImportSource {
 public:
  explicit CsvSource(http::BodyStream& body) : body_(body) {}
  Task<Result<void>> begin() override;
  Task<Result<CheckedRows>> next(std::size_t count, Instant now) override;

 private:
  /// Gives the reader more text, or tells it that the text is over.
  Task<Result<void>> read_on();

  ImportBody body_;
  CsvReader reader_;
  CsvHeader header_;
  bool is_at_end_ = false;
};

/// `{"profiles":[{…}, …]}`; the line of a row is its place in the array, from 1.
class JsonSource final : public ImportSource {
 public:
  explicit JsonSource(http::BodyStream& body) : body_(body) {}
  Task<Result<void>> begin() override;
  Task<Result<CheckedRows>> next(std::size_t count, Instant now) override;

 private:
  Task<Result<bool>> has_item();

  ImportBody body_;
  JsonItems items_;
  std::int64_t line_ = 0;
  bool is_at_end_ = false;
  bool has_told_break_ = false;
};

}  // namespace insighta::profiles
