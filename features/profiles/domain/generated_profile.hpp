#pragma once

#include "profiles/domain/profile.hpp"

#include <cstdint>

namespace insighta::profiles {

/// Made-up people for development, demonstrations and measurements: the same for the same seed and
/// index, and no name twice within one seed. The id is new each time.
NewProfile generate_profile(std::uint64_t seed, std::uint64_t index);

}  // namespace insighta::profiles
