#pragma once

#include "platform/uuid/uuid.hpp"

namespace insighta::identity {

using UserId = Id<struct UserTag>;
/// A session = a refresh token family: one sign-in of one client.
using SessionId = Id<struct SessionTag>;

}  // namespace insighta::identity
