#include "profiles/services/import_source.hpp"

#include "platform/json/value.hpp"

#include <utility>

namespace insighta::profiles {

namespace {

Error empty_file() {
  return bad_request("The file is empty", "EMPTY_FILE");
}

std::string text_of(json::Value const& value) {
  if (value.is_null()) return {};
  if (auto const text = value.as_string()) return std::string(*text);
  return value.to_string();
}

std::expected<StagedProfile, SkippedRow> checked(std::string const& item, std::int64_t line,
                                                 Instant now) {
  ImportRow row{line};
  std::array<std::string, columns> texts;
  auto const object = json::Value::parse(item);
  if (!object || !object->is_object()) {
    row.fault = CsvRow::Fault::malformed;
    return check_row(row, now);
  }
  for (auto const& [name, value] : object->members()) {
    auto const column = parse_column(name);
    if (!column) continue;
    auto& text = texts[static_cast<std::size_t>(*column)];
    text = text_of(value);
    row.cell(*column) = text;
  }
  return check_row(row, now);
}

}  // namespace

void CheckedRows::add(std::expected<StagedProfile, SkippedRow> row) {
  if (row)
    good.push_back(std::move(*row));
  else
    skipped.push_back(row.error());
}

Task<Result<std::optional<std::string>>> ImportBody::next() {
  auto piece = co_await body_.next();
  if (!piece || !*piece) co_return piece;
  bytes_ += (*piece)->size();
  if (bytes_ > max_import_bytes)
    co_return fail(
        Error{ErrorKind::too_large, "PAYLOAD_TOO_LARGE", "The file is larger than 1 GiB"});
  co_return piece;
}

Task<Result<void>> CsvSource::begin() {
  auto row = reader_.next();
  for (; !row && !is_at_end_; row = reader_.next()) CO_TRY_VOID(co_await read_on());
  if (!row) co_return fail(empty_file());
  CO_TRY(header_, CsvHeader::from(*row));
  co_return Result<void>{};
}

Task<Result<CheckedRows>> CsvSource::next(std::size_t count, Instant now) {
  CheckedRows rows;
  rows.good.reserve(count);
  while (rows.size() < count) {
    if (auto const row = reader_.next())
      rows.add(check_row(header_.apply(*row), now));
    else if (is_at_end_)
      break;
    else
      CO_TRY_VOID(co_await read_on());
  }
  co_return rows;
}

Task<Result<void>> CsvSource::read_on() {
  CO_TRY(auto const piece, co_await body_.next());
  is_at_end_ = !piece;
  if (piece)
    reader_.feed(*piece);
  else
    reader_.finish();
  co_return Result<void>{};
}

Task<Result<void>> JsonSource::begin() {
  CO_TRY(bool const is_there, co_await has_item());
  if (!is_there && items_.is_broken())
    co_return fail(bad_request("Expected {\"profiles\":[…]}", "INVALID_JSON"));
  co_return Result<void>{};
}

Task<Result<CheckedRows>> JsonSource::next(std::size_t count, Instant now) {
  CheckedRows rows;
  rows.good.reserve(count);
  while (rows.size() < count) {
    CO_TRY(bool const is_there, co_await has_item());
    if (!is_there) break;
    rows.add(checked(items_.take_item(), ++line_, now));
  }
  // What follows the break has no rows that could be told apart: one malformed row in its place.
  if (rows.size() < count && items_.is_broken() && !std::exchange(has_told_break_, true))
    rows.skipped.push_back({++line_, RowReason::malformed_row});
  co_return rows;
}

Task<Result<bool>> JsonSource::has_item() {
  while (!items_.has_item() && !is_at_end_) {
    CO_TRY(auto piece, co_await body_.next());
    is_at_end_ = !piece;
    if (piece)
      items_.feed(*piece);
    else
      items_.finish();
  }
  co_return items_.has_item();
}

}  // namespace insighta::profiles
