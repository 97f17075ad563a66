#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace insighta::cli {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Everything but the unreserved characters of RFC 3986 as %XX.
std::string percent_encode(std::string_view text);
/// '+' is a space; nothing for a broken escape.
std::optional<std::string> percent_decode(std::string_view text);

/// `a=1&b=2`, for query strings and form bodies alike.
std::string form_of(Parameters const& parameters);
/// Nothing for a broken escape.
std::optional<Parameters> parse_form(std::string_view text);

}  // namespace insighta::cli
