#pragma once

#include <cstdint>

namespace insighta::profiles {

/// How many profiles there are, at one moment.
struct Total {
  std::int64_t matching = 0;  ///< the filters; exact
  std::int64_t all = 0;       ///< without any filter
};

}  // namespace insighta::profiles
