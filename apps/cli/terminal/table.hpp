#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace insighta::cli {

struct Column {
  std::string title;
  bool is_number = false;   ///< aligned to the right
  bool may_shrink = false;  ///< gives way when the terminal is narrow
};

/// Rows under titles, aligned by the columns a terminal gives to each character. Cells may hold any
/// text; they are made visible first.
class Table {
 public:
  explicit Table(std::vector<Column> columns);

  /// As many cells as columns.
  void add_row(std::vector<std::string> const& cells);
  /// `width` 0 means as wide as it is; otherwise columns that may shrink are cut with an ellipsis.
  std::string to_string(std::size_t width, bool is_styled) const;

 private:
  std::vector<std::size_t> widths(std::size_t width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// `name  value` lines for one thing.
std::string facts(std::vector<std::pair<std::string, std::string>> const& lines, bool is_styled);

}  // namespace insighta::cli
