#pragma once

#include "profiles/domain/staged_profile.hpp"

#include <string>
#include <string_view>

namespace insighta::profiles {

/// COPY's binary format (PostgreSQL manual, COPY, Binary Format): the server parses nothing.

/// Before the first row.
std::string_view copy_header();
/// A row for copy_import_stage.
void append_staged(std::string& bytes, StagedProfile const& row);
/// Behind the last row.
std::string_view copy_trailer();

}  // namespace insighta::profiles
