#pragma once

#include "platform/async/task.hpp"
#include "platform/http/body_stream.hpp"
#include "profiles/domain/import_row.hpp"
#include "profiles/domain/json_items.hpp"

#include <optional>
#include <vector>

namespace insighta::profiles {

/// Where the rows of an import come from, one after the other.
class ImportSource {
 public:
  virtual ~ImportSource() = default;
  /// Reads what must be there before the first row. 400 when the file is empty or is not of its
  /// form; nothing was stored then.
  virtual Task<Result<void>> begin() = 0;
  /// At most `count` more rows; none at the end. An error ends the import.
  virtual Task<Result<std::vector<ImportRow>>> next(std::size_t count) = 0;
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
  Task<Result<std::vector<ImportRow>>> next(std::size_t count) override;

 private:
  /// Reads on until a row is there or the file is over.
  Task<Result<bool>> has_row();

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
  Task<Result<std::vector<ImportRow>>> next(std::size_t count) override;

 private:
  Task<Result<bool>> has_item();

  ImportBody body_;
  JsonItems items_;
  std::int64_t line_ = 0;
  bool is_at_end_ = false;
  bool has_told_break_ = false;
};

}  // namespace insighta::profiles
