#pragma once

#include <string>
#include <string_view>

namespace insighta::csv {

/// Appends one cell of a line (RFC 4180). What a spreadsheet would take for a formula gets an
/// apostrophe in front.
void append_cell(std::string& line, std::string_view value);

}  // namespace insighta::csv
