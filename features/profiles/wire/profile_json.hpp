#pragma once

#include "platform/http/request.hpp"
#include "profiles/domain/import_row.hpp"
#include "profiles/domain/stats.hpp"
#include "profiles/services/profile_service.hpp"

#include <string>
#include <string_view>

namespace insighta::profiles {

/// The ten fields, as one JSON object (a line of NDJSON as it is).
void append_json(std::string& text, Profile const& profile);

/// `{"status":"success","message"?,"data":{…}}`.
std::string profile_envelope(Profile const& profile, std::string_view message = {});
/// The list envelope; `path` and `pairs` are what the links are made of.
std::string page_envelope(ProfilePage const& page, std::string_view path, http::Pairs const& pairs);
/// The same with `interpreted`.
std::string found_envelope(FoundPage const& found, std::string_view path, http::Pairs const& pairs);
std::string stats_envelope(Stats const& stats);
std::string import_envelope(ImportReport const& report);

/// Lines of the row report.
std::string skipped_line(SkippedRow const& row);
std::string summary_line(ImportReport const& report);

}  // namespace insighta::profiles
