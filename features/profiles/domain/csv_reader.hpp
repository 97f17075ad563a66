#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// One record of a CSV text. Its cells belong to the reader and end with its next call.
struct CsvRow {
  enum class Fault : std::uint8_t { none, malformed, broken_encoding };

  std::int64_t line = 0;                         ///< the physical line it begins on, from 1
  std::span<std::string_view const> cells = {};  ///< none when it is malformed
  Fault fault = Fault::none;
};

/// RFC 4180 in pieces of any size, cut anywhere: CRLF or LF, quoted cells with "" for a quote, an
/// optional BOM, empty lines skipped. A record that breaks the rules (text beside quotes, a bare CR
/// or a NUL, more than max_row_bytes, a quote that never ends) is one malformed row and the reader
/// goes on behind it. Memory is bounded by the piece and the longest row.
class CsvReader {
 public:
  static constexpr std::size_t max_row_bytes = 64 * 1024;

  /// More text, once next() has given all the rows of what was there.
  void feed(std::string_view piece);
  /// The text is over.
  void finish() { is_finished_ = true; }
  /// The next row; nothing until more is fed, or at the end.
  std::optional<CsvRow> next();

 private:
  enum class State : std::uint8_t {
    cell_start,
    plain,
    quoted,
    quote_in_quoted,  ///< the end of the cell, or the first half of a doubled quote
    carriage_return,  ///< only a line feed may follow
    broken,           ///< text that is skipped up to the end of the cell
  };
  /// Where the text of a cell is, counted from the start of its row.
  struct Cell {
    std::size_t begin;
    std::size_t size;
  };

  bool skip_byte_order_mark();
  bool take_unquoted();
  void take_text(std::size_t size);
  void take_quote();
  void take_quoted();
  void break_cell();
  void end_cell();
  std::optional<CsvRow> end_row();
  bool is_too_long() const { return at_ - row_ > max_row_bytes; }
  void start_row();
  CsvRow well_formed_row();

  std::string buffer_;        ///< from the start of the current row; quotes are undoubled in it
  std::size_t row_ = 0;       ///< where the current row begins
  std::size_t at_ = 0;        ///< what was read ends here
  std::size_t cell_ = 0;      ///< where the text of the current cell begins
  std::size_t cell_end_ = 0;  ///< and ends so far
  State state_ = State::cell_start;
  bool is_past_start_ = false;
  bool is_malformed_ = false;
  bool is_finished_ = false;
  std::int64_t line_ = 1;
  std::int64_t row_line_ = 1;
  std::vector<Cell> cells_;
  std::vector<std::string_view> texts_;
};

}  // namespace insighta::profiles
