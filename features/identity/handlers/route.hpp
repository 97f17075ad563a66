#pragma once

#include "identity/domain/actor.hpp"
#include "platform/http/router.hpp"

namespace insighta::identity {

/// A route for signed-in people with this permission.
using GuardedRoute = http::GuardedRoute<Permission, Actor>;

}  // namespace insighta::identity
