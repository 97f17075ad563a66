#include "profiles/domain/csv_reader.hpp"

#include "platform/csv/scan.hpp"
#include "platform/unicode/unicode.hpp"

#include <algorithm>
#include <cstring>

namespace insighta::profiles {

void CsvReader::feed(std::string_view piece) {
  // A row that is refused already need not be kept.
  if (is_malformed_) start_row();
  buffer_.erase(0, row_);
  at_ -= row_;
  cell_ -= row_;
  cell_end_ -= row_;
  row_ = 0;
  buffer_ += piece;
}

std::optional<CsvRow> CsvReader::next() {
  if (!is_past_start_ && !skip_byte_order_mark()) return {};
  while (at_ < buffer_.size()) {
    if (state_ == State::quoted)
      take_quoted();
    else if (take_unquoted())
      if (auto const row = end_row()) return row;
  }
  is_malformed_ |= is_too_long();
  if (!is_finished_) return {};
  is_malformed_ |= state_ == State::quoted || state_ == State::carriage_return;
  return end_row();
}

/// False while it is not known whether the text begins with one.
bool CsvReader::skip_byte_order_mark() {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  std::string_view const start = std::string_view(buffer_).substr(0, mark.size());
  if (start.size() < mark.size() && mark.starts_with(start) && !is_finished_) return false;
  is_past_start_ = true;
  if (start == mark) at_ = mark.size();
  start_row();
  return true;
}

/// Takes text up to the next byte that means something, and that byte; true at the end of a line,
/// which is left.
bool CsvReader::take_unquoted() {
  auto const rest = std::string_view(buffer_).substr(at_);
  auto const size = csv::find_first<',', '"', '\r', '\n', '\0'>(rest);
  if (size > 0) take_text(size);
  if (size == rest.size()) return false;
  char const c = buffer_[at_];
  if (c == '\n') return true;
  if (state_ == State::carriage_return) break_cell();
  if (c == ',')
    end_cell();
  else if (c == '"')
    take_quote();
  else if (c == '\r')
    state_ = State::carriage_return;
  else
    break_cell();
  ++at_;
  return false;
}

void CsvReader::take_text(std::size_t size) {
  if (state_ == State::cell_start || state_ == State::plain) {
    state_ = State::plain;
    cell_end_ += size;
  } else {
    break_cell();
  }
  at_ += size;
}

void CsvReader::take_quote() {
  if (state_ == State::cell_start) {
    state_ = State::quoted;
    cell_ = cell_end_ = at_ + 1;
  } else if (state_ == State::quote_in_quoted) {
    state_ = State::quoted;
    buffer_[cell_end_++] = '"';
  } else {
    break_cell();
  }
}

void CsvReader::take_quoted() {
  auto const rest = std::string_view(buffer_).substr(at_);
  auto const size = csv::find_first<'"', '\n', '\0'>(rest);
  // The text moves up behind the quotes that were undoubled.
  if (cell_end_ != at_) std::memmove(buffer_.data() + cell_end_, rest.data(), size);
  cell_end_ += size;
  at_ += size;
  if (size == rest.size()) return;
  char const c = buffer_[at_++];
  if (c == '"') {
    state_ = State::quote_in_quoted;
    return;
  }
  if (c == '\n') ++line_;
  if (c == '\0') is_malformed_ = true;
  buffer_[cell_end_++] = c;
}

void CsvReader::break_cell() {
  is_malformed_ = true;
  state_ = State::broken;
}

void CsvReader::end_cell() {
  is_malformed_ |= is_too_long();
  if (!is_malformed_) cells_.push_back({cell_ - row_, cell_end_ - cell_});
  state_ = State::cell_start;
  cell_ = cell_end_ = at_ + 1;
}

/// Nothing for an empty line.
std::optional<CsvRow> CsvReader::end_row() {
  auto const line = std::string_view(buffer_).substr(row_, at_ - row_);
  bool const is_empty = !is_malformed_ && (line.empty() || line == "\r");
  end_cell();
  std::optional<CsvRow> row;
  if (!is_empty)
    row = is_malformed_ ? CsvRow{row_line_, {}, CsvRow::Fault::malformed} : well_formed_row();
  if (at_ < buffer_.size()) {
    ++at_;
    ++line_;
  }
  start_row();
  state_ = State::cell_start;
  is_malformed_ = false;
  row_line_ = line_;
  return row;
}

void CsvReader::start_row() {
  row_ = cell_ = cell_end_ = at_;
  cells_.clear();
}

CsvRow CsvReader::well_formed_row() {
  auto const row = std::string_view(buffer_).substr(row_, at_ - row_);
  texts_.clear();
  for (auto const& cell : cells_) texts_.push_back(row.substr(cell.begin, cell.size));
  bool const is_text =
      unicode::is_ascii(row) || std::ranges::all_of(texts_, unicode::is_valid_utf8);
  return {row_line_, texts_, is_text ? CsvRow::Fault::none : CsvRow::Fault::broken_encoding};
}

}  // namespace insighta::profiles
