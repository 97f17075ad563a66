#pragma once

#include "profiles/domain/profile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// COPY's text format: columns between tabs, a row a line, backslash escapes.

/// The rows of a piece of export_profiles.
void append_copied(std::string_view piece, std::vector<Profile>& profiles);

}  // namespace insighta::profiles
