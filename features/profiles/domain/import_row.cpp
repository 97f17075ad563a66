#include "profiles/domain/import_row.hpp"

#include "platform/unicode/unicode.hpp"
#include "profiles/domain/country.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace insighta::profiles {

namespace {

constexpr std::string_view reason_words[row_reasons] = {
    "malformed_row", "broken_encoding", "missing_fields",      "invalid_gender",
    "invalid_age",   "invalid_country", "invalid_probability", "duplicate_name"};
constexpr std::string_view column_words[columns] = {
    "name",      "gender", "age", "country_id", "gender_probability", "country_probability",
    "created_at"};

/// Spaces and tabs around a value mean nothing.
std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

template <class T>
std::optional<T> parse_number(std::string_view text, T min, T max) {
  T value{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const is_whole = error == std::errc{} && end == text.data() + text.size();
  if (!is_whole || !(value >= min && value <= max)) return {};
  return value;
}

std::string lower(std::string_view text) {
  std::string folded(text);
  for (auto& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return folded;
}

/// The checks of one row, in the order of their reasons.
class RowCheck {
 public:
  RowCheck(ImportRow const& row, Instant now) : row_(row) {
    staged_.line = row.line;
    staged_.profile.created_at = std::chrono::floor<std::chrono::seconds>(now);
  }

  std::optional<SkippedRow> fault() {
    if (row_.fault == CsvRow::Fault::malformed) return skip(RowReason::malformed_row);
    if (auto const bad = too_long()) return bad;
    if (auto const bad = created_at()) return bad;
    if (row_.fault == CsvRow::Fault::broken_encoding) return skip(RowReason::broken_encoding);
    if (auto const bad = missing()) return bad;
    if (auto const bad = facts()) return bad;
    return probabilities();
  }

  StagedProfile take(Instant now) {
    auto& profile = staged_.profile;
    profile.id = ProfileId::make(now);
    return std::move(staged_);
  }
  /// After fault() found nothing.
  bool set_name() {
    auto name = Name::from(row_.cell(Column::name));
    if (!name) return false;
    staged_.profile.name = std::move(*name);
    return true;
  }
  SkippedRow skip(RowReason reason, std::string_view field = {}) const {
    return {row_.line, reason, field};
  }

 private:
  std::optional<SkippedRow> too_long() const {
    if (row_.fault != CsvRow::Fault::none) return {};
    auto const name = unicode::trim(row_.cell(Column::name));
    if (name.contains('\0') || unicode::length(name) > max_name_length)
      return skip(RowReason::malformed_row, "name");
    return {};
  }

  std::optional<SkippedRow> created_at() {
    auto const text = trimmed(row_.cell(Column::created_at));
    if (text.empty()) return {};
    auto const instant = parse_rfc3339(text);
    if (!instant) return skip(RowReason::malformed_row, "created_at");
    staged_.profile.created_at = std::chrono::floor<std::chrono::seconds>(*instant);
    return {};
  }

  std::optional<SkippedRow> missing() const {
    for (std::size_t i = 0; i < required_columns; ++i) {
      if (unicode::trim(row_.cells[i]).empty())
        return skip(RowReason::missing_fields, column_words[i]);
    }
    return {};
  }

  std::optional<SkippedRow> facts() {
    auto& profile = staged_.profile;
    auto const gender = parse_gender(trimmed(row_.cell(Column::gender)));
    if (!gender) return skip(RowReason::invalid_gender, "gender");
    auto const age = parse_number<int>(trimmed(row_.cell(Column::age)), 0, max_age);
    if (!age) return skip(RowReason::invalid_age, "age");
    auto const* country = find_country(trimmed(row_.cell(Column::country_id)));
    if (country == nullptr) return skip(RowReason::invalid_country, "country_id");
    profile.gender = *gender;
    profile.age = *age;
    profile.country_id = country->code;
    return {};
  }

  std::optional<SkippedRow> probabilities() {
    auto const read = [this](Column column, double& target) -> std::optional<SkippedRow> {
      auto const text = trimmed(row_.cell(column));
      if (text.empty()) return {};
      auto const value = parse_number<double>(text, 0, 1);
      if (!value) return skip(RowReason::invalid_probability, to_string(column));
      target = *value;
      return {};
    };
    auto& profile = staged_.profile;
    if (auto const bad = read(Column::gender_probability, profile.gender_probability)) return bad;
    return read(Column::country_probability, profile.country_probability);
  }

  ImportRow const& row_;
  StagedProfile staged_;
};

}  // namespace

std::string_view to_string(RowReason reason) {
  return reason_words[static_cast<std::size_t>(reason)];
}

std::string_view to_string(Column column) {
  return column_words[static_cast<std::size_t>(column)];
}

std::optional<Column> parse_column(std::string_view text) {
  auto const name = lower(unicode::trim(text));
  auto const* const found = std::ranges::find(column_words, name);
  if (found == std::end(column_words)) return {};
  return static_cast<Column>(found - std::begin(column_words));
}

Result<CsvHeader> CsvHeader::from(CsvRow const& row) {
  if (row.fault != CsvRow::Fault::none)
    return fail(bad_request("The header row cannot be read", "INVALID_CSV"));
  CsvHeader header;
  std::array<int, columns> seen{};
  for (auto const& cell : row.cells) {
    header.columns_.push_back(parse_column(cell));
    if (header.columns_.back()) ++seen[static_cast<std::size_t>(*header.columns_.back())];
  }
  std::vector<FieldError> faults;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < columns; ++i) {
    bool const is_missing = seen[i] == 0 && i < required_columns;
    if (!is_missing && seen[i] < 2) continue;
    names.push_back(column_words[i]);
    faults.push_back({std::string(column_words[i]),
                      is_missing ? "is a required column" : "is there more than once"});
  }
  if (faults.empty()) return header;
  auto error = bad_request(fmt::format("Missing or repeated columns: {}", fmt::join(names, ", ")),
                           "INVALID_CSV");
  error.fields = std::move(faults);
  return fail(std::move(error));
}

ImportRow CsvHeader::apply(CsvRow const& row) const {
  ImportRow result{row.line, row.fault};
  if (row.fault == CsvRow::Fault::malformed || row.cells.size() != columns_.size()) {
    result.fault = CsvRow::Fault::malformed;
    return result;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i]) result.cell(*columns_[i]) = row.cells[i];
  return result;
}

std::expected<StagedProfile, SkippedRow> check_row(ImportRow const& row, Instant now) {
  RowCheck check(row, now);
  if (auto const fault = check.fault()) return std::unexpected(*fault);
  if (!check.set_name()) return std::unexpected(check.skip(RowReason::malformed_row, "name"));
  return check.take(now);
}

}  // namespace insighta::profiles
