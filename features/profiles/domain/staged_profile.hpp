#pragma once

#include "profiles/domain/profile.hpp"

#include <cstdint>

namespace insighta::profiles {

/// A row of an import that may be stored.
struct StagedProfile {
  std::int64_t line = 0;
  NewProfile profile;
};

}  // namespace insighta::profiles
