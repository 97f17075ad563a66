#pragma once

#include "platform/outcome/result.hpp"
#include "profiles/domain/cursor.hpp"
#include "profiles/domain/filters.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace insighta::profiles {

/// What a caller asked for explicitly, in words of the query string.
struct Asked {
  Filters filters = {};
  std::optional<SortField> sort_by = {};
  std::optional<bool> is_descending = {};
  std::int64_t page = 1;
  std::optional<std::int64_t> limit = {};  ///< at most max_limit
  std::optional<std::string> cursor = {};
  std::optional<std::string> format = {};
  std::optional<std::string> words = {};  ///< q
};

inline constexpr std::int64_t default_limit = 10;
inline constexpr std::int64_t max_limit = 50;

/// Which parameters an endpoint knows beside the filters.
enum class Accepts : std::uint8_t {
  filters,              ///< stats
  filters_sort,         ///< export, with format
  filters_sort_page,    ///< list
  filters_sort_page_q,  ///< search
};

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// 422 `Invalid query parameters` naming every unknown, repeated or wrong one; 400 when one is
/// empty (which wins).
Result<Asked> parse_query(QueryPairs const& pairs, Accepts accepts);

/// One page of one list.
struct ListQuery {
  Filters filters = {};
  Sort sort = {};
  std::int64_t page = 1;
  std::int64_t limit = default_limit;
  std::optional<Cursor> after = {};          ///< decides the position when there
  std::optional<std::int64_t> at_most = {};  ///< "top N": the whole result is no longer

  /// Rows in front of the page.
  std::int64_t offset() const;
};

/// Fills in the defaults; 422 naming `cursor` when it is broken or of another list.
Result<ListQuery> to_list_query(Asked const& asked);

}  // namespace insighta::profiles
