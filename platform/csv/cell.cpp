#include "platform/csv/cell.hpp"

#include "platform/csv/scan.hpp"

namespace insighta::csv {

void append_cell(std::string& line, std::string_view value) {
  constexpr std::string_view formula_starts = "=+-@\t\r";
  bool const is_formula = !value.empty() && formula_starts.contains(value.front());
  if (!is_formula && find_first<',', '"', '\r', '\n'>(value) == value.size()) {
    line += value;
    return;
  }
  line += is_formula ? "\"'" : "\"";
  for (char const c : value) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace insighta::csv
