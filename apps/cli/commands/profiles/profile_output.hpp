#pragma once

#include "platform/json/value.hpp"
#include "program.hpp"

#include <string>

namespace insighta::cli {

Result<void> print_profile(Program const& program, std::string const& envelope);

/// The table ends with a line that says how much there is.
Result<void> print_profiles(Program const& program, std::string const& envelope);

}  // namespace insighta::cli
