#pragma once

#include "profiles/domain/filters.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::profiles {

/// The place right behind a row in one list, so that any page costs what the first one costs.
struct Cursor {
  std::string sort_value;     ///< of that row, as the database compares it
  ProfileId id;               ///< of that row
  std::int64_t position = 0;  ///< rows up to and including it

  bool operator==(Cursor const&) const = default;
};

/// Opaque text, bound to the list (filters and order) it was made for.
std::string encode_cursor(Cursor const& cursor, Filters const& filters, Sort const& sort);
/// Nothing when the text is broken or of another list.
std::optional<Cursor> decode_cursor(std::string_view text, Filters const& filters,
                                    Sort const& sort);

}  // namespace insighta::profiles
