#pragma once

#include <string>
#include <string_view>

namespace insighta::cli {

/// Text from elsewhere as a terminal may show it: control characters (C0, DEL, C1), line and
/// paragraph separators and the characters that turn the direction of writing become \x1b or
/// \u202e; bytes that are not UTF-8 become \xff.
std::string visible(std::string_view text);

/// JSON text with the same characters written as \u escapes, which changes nothing of what it says.
/// C0 characters stay: inside strings JSON has none, between values they are white space.
std::string visible_json(std::string_view json);

}  // namespace insighta::cli
