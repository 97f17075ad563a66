#include "profiles/domain/csv_reader.hpp"

#include "platform/unicode/unicode.hpp"

#include <algorithm>
#include <utility>

namespace insighta::profiles {

namespace {
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
}

void CsvReader::feed(std::string_view piece) {
  if (!is_past_start_) {
    start_ += piece;
    if (start_.size() < byte_order_mark.size() && byte_order_mark.starts_with(start_)) return;
    is_past_start_ = true;
    auto const held = std::exchange(start_, {});
    std::string_view text = held;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return consume(text);
  }
  consume(piece);
}

void CsvReader::finish() {
  if (!is_past_start_) {
    is_past_start_ = true;
    auto const held = std::exchange(start_, {});
    consume(held);
  }
  if (state_ == State::quoted || was_carriage_return_) is_malformed_ = true;
  was_carriage_return_ = false;
  end_row();
}

CsvRow CsvReader::take_row() {
  auto row = std::move(rows_.front());
  rows_.pop_front();
  return row;
}

void CsvReader::consume(std::string_view piece) {
  for (char const c : piece) take_byte(c);
}

void CsvReader::take_byte(char c) {
  if (c == '\n') ++line_;
  if (c == '\0') is_malformed_ = true;
  if (state_ == State::quoted) {
    if (c == '"')
      state_ = State::quote_in_quoted;
    else
      store(c);
    return;
  }
  if (state_ == State::quote_in_quoted && c == '"') {
    state_ = State::quoted;
    return store(c);
  }
  take_outside_quotes(c);
}

void CsvReader::take_outside_quotes(char c) {
  if (c == '\n') {
    was_carriage_return_ = false;
    return end_row();
  }
  if (std::exchange(was_carriage_return_, c == '\r')) is_malformed_ = true;
  if (c == '\r') return;
  if (c == ',') {
    end_cell();
    return;
  }
  switch (state_) {
    case State::cell_start:
      state_ = c == '"' ? State::quoted : State::plain;
      if (c == '"')
        ++row_bytes_;  // a row of one empty quoted cell is not an empty line
      else
        store(c);
      break;
    case State::plain:
      if (c == '"') is_malformed_ = true;
      store(c);
      break;
    case State::quote_in_quoted:
      is_malformed_ = true;
      state_ = State::broken;
      break;
    case State::quoted:
    case State::broken:
      break;
  }
}

void CsvReader::store(char c) {
  if (++row_bytes_ > max_row_bytes) {
    is_malformed_ = true;
    cell_.clear();
    cells_.clear();
    return;
  }
  cell_ += c;
}

void CsvReader::end_cell() {
  if (++row_bytes_ > max_row_bytes) {
    is_malformed_ = true;
    cells_.clear();
    cell_.clear();
  } else {
    cells_.push_back(std::exchange(cell_, {}));
  }
  state_ = State::cell_start;
}

void CsvReader::end_row() {
  if (row_bytes_ > 0 || is_malformed_) {
    end_cell();
    CsvRow row{row_line_, std::exchange(cells_, {}), CsvRow::Fault::none};
    if (is_malformed_)
      row.fault = CsvRow::Fault::malformed;
    else if (!std::ranges::all_of(row.cells, unicode::is_valid_utf8))
      row.fault = CsvRow::Fault::broken_encoding;
    rows_.push_back(std::move(row));
  }
  state_ = State::cell_start;
  is_malformed_ = false;
  row_bytes_ = 0;
  cell_.clear();
  cells_.clear();
  row_line_ = line_;
}

}  // namespace insighta::profiles
