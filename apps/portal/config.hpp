#pragma once

#include "platform/config/source.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace insighta::portal {

/// Everything insighta-portal can be told; docs/configuration.md explains each key. Read once at
/// start.
struct Config {
  bool is_development = false;

  std::string url;  ///< the public one; its origin is what a form must come from
  std::string address;
  std::uint16_t port = 3000;
  std::size_t threads = 0;  ///< one per core when 0
  std::chrono::milliseconds drain_time{0};
  std::vector<std::string> trusted_proxies;
  std::string tls_certificate_file;
  std::string tls_key_file;

  std::string issuer;   ///< where browsers find the authorization server
  std::string api_url;  ///< where this program finds it
  config::Secret client_secret;

  config::Secret database_url;
  std::string session_key;  ///< 32 bytes

  bool is_tls() const { return url.starts_with("https://"); }
  std::string redirect_uri() const { return url + "/login/callback"; }
};

/// Reads the configuration; faults are left in `source`, whose report() says whether it may be
/// used.
Config read_config(config::Source& source);

}  // namespace insighta::portal
