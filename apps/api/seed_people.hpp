#pragma once

#include "commands.hpp"

namespace insighta::api {

/// Stores those of the emulator's people who have a part in appointments, as if they had signed in
/// and become what they are: trainers, clients and the admin who approves, each at another step.
/// Whoever is known stays as they are.
void seed_people(Config const& config, Doors const& doors);

}  // namespace insighta::api
