#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// One record of a CSV text.
struct CsvRow {
  enum class Fault : std::uint8_t { none, malformed, broken_encoding };

  std::int64_t line = 0;  ///< the physical line it begins on, from 1
  std::vector<std::string> cells;
  Fault fault = Fault::none;
};

/// RFC 4180 in pieces of any size, cut anywhere: CRLF or LF, quoted cells with "" for a quote, an
/// optional BOM, empty lines skipped. A record that breaks the rules (text beside quotes, a bare CR
/// or a NUL, more than max_row_bytes, a quote that never ends) is one malformed row and the reader
/// goes on behind it. Memory is bounded by the piece and the longest row.
class CsvReader {
 public:
  static constexpr std::size_t max_row_bytes = 64 * 1024;

  void feed(std::string_view piece);
  /// The text is over; gives the last row when no newline ended it.
  void finish();

  bool has_row() const { return !rows_.empty(); }
  CsvRow take_row();

 private:
  enum class State : std::uint8_t { cell_start, plain, quoted, quote_in_quoted, broken };

  void consume(std::string_view piece);
  void take_byte(char c);
  void take_outside_quotes(char c);
  void store(char c);
  void end_cell();
  void end_row();

  std::string start_;  ///< the first bytes, until it is known whether they are a BOM
  bool is_past_start_ = false;
  State state_ = State::cell_start;
  bool was_carriage_return_ = false;
  bool is_malformed_ = false;
  std::int64_t line_ = 1;
  std::int64_t row_line_ = 1;
  std::size_t row_bytes_ = 0;
  std::string cell_;
  std::vector<std::string> cells_;
  std::deque<CsvRow> rows_;
};

}  // namespace insighta::profiles
