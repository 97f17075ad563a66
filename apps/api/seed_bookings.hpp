#pragma once

#include "identity/domain/actor.hpp"
#include "platform/async/task.hpp"

#include <map>
#include <string>

namespace insighta::api {

struct Background;

/// By login: ada, an admin; tara and theo, trainers; cleo, carl and user1 to user3, clients.
using Cast = std::map<std::string, identity::Actor>;

/// Two trainers at work and clients at each step from a first call to a review, in the weeks around
/// the clock's now. Every step is one that its person could have taken at its time, through the
/// services. False, and nothing happens, when one of them is a trainer or has a client profile
/// already. Throws when a step is refused.
Task<bool> seed_bookings(Background& background, Cast const& cast);

}  // namespace insighta::api
