#pragma once

#include "identity/domain/role.hpp"

#include <chrono>
#include <set>
#include <string>

namespace insighta::identity {

/// What the configuration says to this feature (docs/configuration.md).
struct Settings {
  std::string issuer;              ///< public base URL; the `iss` of everything
  std::string portal_url;          ///< where the short form without a redirect goes on
  std::string key_encryption_key;  ///< 32 bytes
  bool is_development = false;
  std::string provider = "github";         ///< the emulator's people are `github-dev`
  std::set<std::string> bootstrap_admins;  ///< subjects at the provider
  std::string default_role = "analyst";    ///< or none
  Roles device_flow_denied_roles;          ///< who has one of them approves no device
  std::chrono::milliseconds refresh_idle{std::chrono::hours{7 * 24}};
  std::chrono::milliseconds session_max{std::chrono::hours{30 * 24}};
  std::chrono::milliseconds refresh_reuse_leeway{0};
};

}  // namespace insighta::identity
