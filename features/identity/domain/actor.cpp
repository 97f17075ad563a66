#include "identity/domain/actor.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace insighta::identity {

bool Actor::may(Permission permission) const {
  return require(permission).has_value();
}

Result<void> Actor::require(Permission permission) const {
  if (!is_granted(permission, roles))
    return fail(
        forbidden(fmt::format("Your role does not have the permission {}", to_string(permission))));
  auto const scope = required_scope(permission);
  if (std::ranges::find(scopes, scope) == scopes.end())
    return fail(forbidden(fmt::format("The access token lacks the scope {}", to_string(scope)),
                          "INSUFFICIENT_SCOPE"));
  return {};
}

}  // namespace insighta::identity
