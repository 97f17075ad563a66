#pragma once

#include "identity/domain/ids.hpp"
#include "identity/domain/permission.hpp"
#include "platform/outcome/result.hpp"

#include <string>
#include <vector>

namespace insighta::identity {

/// Who is asking: read from the database for this very request, never from the token alone.
struct Actor {
  UserId user_id;
  SessionId session_id;
  std::string client_id;
  Roles roles;
  std::vector<Scope> scopes;  ///< of the token

  /// Role permission and token scope together.
  bool may(Permission permission) const;
  /// 403 `FORBIDDEN` naming what is missing; `INSUFFICIENT_SCOPE` when only the scope is.
  Result<void> require(Permission permission) const;
};

}  // namespace insighta::identity
