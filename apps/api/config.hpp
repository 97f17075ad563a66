#pragma once

#include "identity/domain/role.hpp"
#include "platform/config/source.hpp"
#include "platform/redis/redis_address.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace insighta::api {

/// An OpenID Connect provider beside GitHub.
struct OpenIdConfig {
  std::string name;   ///< of the configuration, and of its callback
  std::string title;  ///< for people
  std::string issuer;
  std::string client_id;
  config::Secret client_secret;
};

/// Everything insighta-api can be told; docs/configuration.md explains each key. Read once at
/// start.
struct Config {
  bool is_development = false;  ///< env = dev: the development doors may be opened

  std::string address;
  std::uint16_t port = 8080;
  std::size_t threads = 0;  ///< one per core when 0
  std::string issuer;       ///< public base URL of the API and the authorization server
  std::chrono::milliseconds drain_time{0};
  std::vector<std::string> trusted_proxies;
  std::string tls_certificate_file;
  std::string tls_key_file;

  config::Secret database_url;
  config::Secret owner_url;  ///< migrate connects with this one
  std::string migrations_folder;

  std::string github_client_id;
  config::Secret github_client_secret;
  std::string github_web_base;
  std::string github_api_base;
  std::vector<OpenIdConfig> openid_providers;
  std::vector<std::int64_t> bootstrap_admins;  ///< numeric ids at the provider

  std::chrono::milliseconds refresh_idle{0};
  std::chrono::milliseconds session_max{0};
  std::chrono::milliseconds refresh_reuse_leeway{0};
  std::string key_encryption_key;  ///< 32 bytes
  std::chrono::milliseconds key_rotation{0};
  std::string signing_algorithm;  ///< ES256 or RS256
  std::string default_role;       ///< analyst or none
  identity::Roles device_flow_denied_roles;

  bool needs_discovery_call = true;      ///< before a client's first booking with a trainer
  config::Secret stripe_webhook_secret;  ///< empty: no webhook of payments is believed

  std::string portal_url;
  config::Secret portal_client_secret;

  std::int64_t auth_per_minute = 10;
  std::int64_t user_per_minute = 600;
  std::int64_t client_per_minute = 6000;
  std::optional<redis::Address> redis;  ///< where replicas count together
  std::chrono::milliseconds redis_timeout{0};

  std::string genderize_base;
  std::string agify_base;
  std::string nationalize_base;
  config::Secret names_key;
  std::chrono::milliseconds names_timeout{0};
};

/// Whom people sign in with: GitHub, the emulator (the development flag, spec auth.md section 10),
/// or nobody, for commands that serve no people.
enum class SignIn { github, emulator, none };

/// Reads the configuration; faults are left in `source`, whose report() says whether it may be
/// used.
Config read_config(config::Source& source, SignIn sign_in);

}  // namespace insighta::api
