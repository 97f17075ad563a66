#include "profiles/services/import_source.hpp"

#include "platform/json/value.hpp"

#include <utility>

namespace insighta::profiles {

namespace {

Error empty_file() {
  return bad_request("The file is empty", "EMPTY_FILE");
}

std::optional<std::string> text_of(json::Value const& value) {
  if (value.is_null()) return {};
  if (auto const text = value.as_string()) return std::string(*text);
  return value.to_string();
}

ImportRow row_of(std::string const& item, std::int64_t line) {
  ImportRow row;
  row.line = line;
  auto const object = json::Value::parse(item);
  if (!object || !object->is_object()) {
    row.fault = CsvRow::Fault::malformed;
    return row;
  }
  for (auto const& [name, value] : object->members())
    if (auto const column = parse_column(name))
      row.cells[static_cast<std::size_t>(*column)] = text_of(value);
  return row;
}

}  // namespace

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
  CO_TRY(bool const has_header, co_await has_row());
  if (!has_header) co_return fail(empty_file());
  CO_TRY(header_, CsvHeader::from(reader_.take_row()));
  co_return Result<void>{};
}

Task<Result<std::vector<ImportRow>>> CsvSource::next(std::size_t count) {
  std::vector<ImportRow> rows;
  rows.reserve(count);
  while (rows.size() < count) {
    CO_TRY(bool const is_there, co_await has_row());
    if (!is_there) break;
    rows.push_back(header_.apply(reader_.take_row()));
  }
  co_return rows;
}

Task<Result<bool>> CsvSource::has_row() {
  while (!reader_.has_row() && !is_at_end_) {
    CO_TRY(auto piece, co_await body_.next());
    is_at_end_ = !piece;
    if (piece)
      reader_.feed(*piece);
    else
      reader_.finish();
  }
  co_return reader_.has_row();
}

Task<Result<void>> JsonSource::begin() {
  CO_TRY(bool const is_there, co_await has_item());
  if (!is_there && items_.is_broken())
    co_return fail(bad_request("Expected {\"profiles\":[…]}", "INVALID_JSON"));
  co_return Result<void>{};
}

Task<Result<std::vector<ImportRow>>> JsonSource::next(std::size_t count) {
  std::vector<ImportRow> rows;
  rows.reserve(count);
  while (rows.size() < count) {
    CO_TRY(bool const is_there, co_await has_item());
    if (!is_there) break;
    rows.push_back(row_of(items_.take_item(), ++line_));
  }
  // What follows the break has no rows that could be told apart: one malformed row in its place.
  if (rows.size() < count && items_.is_broken() && !std::exchange(has_told_break_, true))
    rows.push_back({++line_, CsvRow::Fault::malformed, {}});
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
