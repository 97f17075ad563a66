#pragma once

#include "profiles/domain/profile.hpp"
#include "profiles/domain/staged_profile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// COPY's binary format (PostgreSQL manual, COPY, Binary Format): the server parses and prints
/// nothing.

/// Before the first row.
std::string_view copy_header();
/// A row for copy_import_stage.
void append_staged(std::string& bytes, StagedProfile const& row);
/// Behind the last row.
std::string_view copy_trailer();

/// The rows of a piece of export_profiles; the server cuts pieces between rows.
void append_exported(std::string_view piece, std::vector<Profile>& profiles);

}  // namespace insighta::profiles
