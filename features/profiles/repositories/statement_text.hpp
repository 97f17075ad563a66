#pragma once

#include "platform/postgres/parameters.hpp"
#include "profiles/domain/profile_query.hpp"
#include "profiles/domain/total.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace insighta::profiles {

/// A query file with its markers filled in, and the values of its $1, $2, …
struct Statement {
  /// What it is prepared under: one name, one text. Empty when its plan should see the values, or
  /// when it may read for long and so must not stand in front of others.
  std::string name = {};
  std::string sql = {};
  postgres::Parameters values = {};
};

/// How many match: from the totals where they can tell, else by counting.
Statement total_statement(Filters const& filters);
/// Rows (gender, age, country_id, day, count), all but one of the first four null.
Statement stats_statement(Filters const& filters);
/// How the rows of a page are found.
enum class Way : std::uint8_t {
  walk,       ///< along the index of the order, from the start or a cursor
  place,      ///< straight to it by the counts
  gathering,  ///< all that match, sorted
  far,        ///< along an index alone, from the end that is nearer
};
Way way_to(ListQuery const& query, Total const& total);

/// A page by that way. What is far is counted from the end of the list as well: its total must be
/// of the same moment as its rows.
Statement page_statement(ListQuery const& query, Total const& total);
/// Everything that matches, for COPY, which takes no parameters: the values are in the text.
std::string export_statement(Filters const& filters, Sort const& sort);

/// A marker of a query file and what stands for it.
struct Blank {
  std::string_view marker;
  std::string_view text;
};
/// One pass over a query file's text, never over what was filled in: a name that reads like a
/// marker stays a name.
std::string filled(std::string_view sql, std::span<Blank const> blanks);

}  // namespace insighta::profiles
