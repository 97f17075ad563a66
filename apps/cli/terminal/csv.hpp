#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace insighta::cli {

/// One line of RFC 4180 with its newline. Cells that a spreadsheet would take for a formula (= + -
/// @ in front) get an apostrophe, unless they are numbers.
std::string csv_line(std::vector<std::string> const& cells);

}  // namespace insighta::cli
