#include "platform/csv/cell.hpp"

#include <algorithm>

namespace insighta::csv {

namespace {

// Loops of a few comparisons: cells are short, and a search of the library costs a call a letter.
bool starts_formula(std::string_view value) {
  if (value.empty()) return false;
  char const c = value.front();
  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

bool needs_quotes(std::string_view value) {
  return std::ranges::any_of(value,
                             [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; });
}

}  // namespace

void append_cell(std::string& line, std::string_view value) {
  bool const is_formula = starts_formula(value);
  if (!is_formula && !needs_quotes(value)) {
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
