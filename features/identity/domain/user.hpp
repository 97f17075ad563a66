#pragma once

#include "identity/domain/ids.hpp"
#include "identity/domain/role.hpp"
#include "platform/clock/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::identity {

/// What a sign-in provider says of a person. `subject` is its stable id (GitHub's numeric one, in
/// decimal); everything else may change at any time.
struct ProviderAccount {
  std::string provider;
  std::string subject;
  std::string login;
  std::optional<std::string> display_name;
  std::optional<std::string> email;
  std::optional<std::string> avatar_url;
};

/// An account at a provider by which somebody signs in.
struct LinkedIdentity {
  std::string provider;
  std::string subject;
  std::string login;
  Instant linked_at;
};

struct User {
  UserId id;
  ProviderAccount account;
  Roles roles;
  bool is_active = true;
  std::int64_t auth_epoch = 0;  ///< raised to end every access token of the person at once
  std::optional<Instant> last_login_at;
  Instant created_at;
  /// Its roles are no more than what everybody new gets; they end with the first role of its own.
  bool is_role_by_default = false;
};

}  // namespace insighta::identity
