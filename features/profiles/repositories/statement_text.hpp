#pragma once

#include "profiles/domain/profile_query.hpp"

#include <string>
#include <string_view>

namespace insighta::profiles {

/// What goes into the markers of a query file: `/*filters*/`, `/*after*/`, `/*order*/`,
/// `/*limit*/` and `/*offset*/`. Values are written into the text as literals, since COPY takes no
/// parameters and the planner should see what a filter is worth: numbers are formatted by us, words
/// come from closed lists, and names go through quote_literal.
struct Blanks {
  std::string filters = {};
  std::string after = {};
  std::string order = {};
  std::string limit = {};
  std::string offset = {};
};

/// One pass over the file's text, never over what was filled in: a name that reads like a marker
/// stays a name.
std::string filled(std::string_view sql, Blanks const& blanks);

std::string filter_text(Filters const& filters);
std::string order_text(Sort const& sort);
/// Only what stands behind the cursor.
std::string start_text(Cursor const& after, Sort const& sort);

}  // namespace insighta::profiles
