#include "terminal/csv.hpp"

#include <charconv>

namespace insighta::cli {

namespace {

bool is_number(std::string_view text) {
  double number = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end == text.data() + text.size();
}

std::string csv_cell(std::string_view cell) {
  bool const is_formula =
      !cell.empty() && std::string_view{"=+-@\t\r"}.find(cell.front()) != std::string_view::npos;
  std::string const text = (is_formula && !is_number(cell) ? "'" : "") + std::string{cell};
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string csv_line(std::vector<std::string> const& cells) {
  std::string line;
  for (std::string const& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    line += csv_cell(cell);
  }
  return line + "\n";
}

}  // namespace insighta::cli
