#pragma once

#include "profiles/domain/profile_query.hpp"

#include <string>
#include <string_view>

namespace insighta::profiles {

/// Fills the markers of a query file. Values are written into the text as literals, since COPY
/// takes no parameters and the planner should see what a filter is worth: numbers are formatted by
/// us, words come from closed lists, and names go through quote_literal.
std::string with_filters(std::string_view sql, Filters const& filters);
std::string with_order(std::string sql, Sort const& sort);
std::string with_window(std::string sql, std::int64_t limit, std::int64_t offset);
/// Only what stands behind the cursor.
std::string with_start(std::string sql, Cursor const& after, Sort const& sort);

}  // namespace insighta::profiles
