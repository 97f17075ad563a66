#pragma once

#include "profiles/domain/profile.hpp"

#include <string>
#include <string_view>

namespace insighta::profiles {

/// The ten fields, with the line's end.
extern std::string_view const csv_header;
/// One row. Text that a spreadsheet would take for a formula (= + - @, tab, CR in front) gets an
/// apostrophe before it.
void append_csv(std::string& text, Profile const& profile);

}  // namespace insighta::profiles
