#include "platform/csv/cell.hpp"

#include "platform/csv/scan.hpp"

namespace insighta::csv {

namespace {

bool starts_formula(std::string_view value) {
  if (value.empty()) return false;
  char const c = value.front();
  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

}  // namespace

void append_cell(std::string& line, std::string_view value) {
  bool const is_formula = starts_formula(value);
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
