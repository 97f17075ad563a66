#include "terminal/table.hpp"

#include "platform/unicode/unicode.hpp"
#include "terminal/visible_text.hpp"

#include <algorithm>

namespace insighta::cli {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_shrunk = 8;

/// As much of the text as fits into `width` columns, with an ellipsis when something is missing.
std::string cut(std::string_view text, std::size_t width) {
  if (unicode::columns(text) <= width) return std::string{text};
  std::size_t end = 0;
  for (std::size_t next = 1; next <= text.size(); ++next) {
    bool const is_inside_character =
        next < text.size() && (static_cast<unsigned char>(text[next]) & 0xc0U) == 0x80U;
    if (is_inside_character) continue;
    if (unicode::columns(text.substr(0, next)) + 1 > width) break;
    end = next;
  }
  return std::string{text.substr(0, end)} + "…";
}

std::string line_of(std::vector<Column> const& columns, std::vector<std::string> const& cells,
                    std::vector<std::size_t> const& widths) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::string const cell = cut(cells[i], widths[i]);
    std::string const padding(widths[i] - unicode::columns(cell), ' ');
    line += columns[i].is_number ? padding + cell : cell + padding;
    line.append(gap, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::add_row(std::vector<std::string> const& cells) {
  std::vector<std::string>& row = rows_.emplace_back();
  for (std::string const& cell : cells) row.push_back(visible(cell));
  row.resize(columns_.size());
}

std::vector<std::size_t> Table::widths(std::size_t width) const {
  std::vector<std::size_t> widths;
  std::size_t total = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t widest = unicode::columns(columns_[i].title);
    for (auto const& row : rows_) widest = std::max(widest, unicode::columns(row[i]));
    widths.push_back(widest);
    total += widest + (i == 0 ? 0 : gap);
  }
  for (std::size_t i = columns_.size(); width > 0 && i-- > 0 && total > width;) {
    if (!columns_[i].may_shrink || widths[i] <= least_shrunk) continue;
    std::size_t const taken = std::min(total - width, widths[i] - least_shrunk);
    widths[i] -= taken;
    total -= taken;
  }
  return widths;
}

std::string Table::to_string(std::size_t width, bool is_styled) const {
  auto const fitted = widths(width);
  std::vector<std::string> titles;
  for (Column const& column : columns_) titles.push_back(column.title);
  std::string const head = line_of(columns_, titles, fitted);
  std::string text = is_styled ? "\x1b[1m" + head + "\x1b[0m\n" : head + "\n";
  for (auto const& row : rows_) text += line_of(columns_, row, fitted) + "\n";
  return text;
}

std::string facts(std::vector<std::pair<std::string, std::string>> const& lines, bool is_styled) {
  std::size_t widest = 0;
  for (auto const& [name, value] : lines) widest = std::max(widest, unicode::columns(name));
  std::string text;
  for (auto const& [name, value] : lines) {
    text += is_styled ? "\x1b[1m" + name + "\x1b[0m" : name;
    text.append(widest - unicode::columns(name) + gap, ' ');
    text += visible(value) + "\n";
  }
  return text;
}

}  // namespace insighta::cli
