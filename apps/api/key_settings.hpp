#pragma once

#include "config.hpp"
#include "identity/services/key_rotation.hpp"
#include "platform/crypto/crypto.hpp"

namespace insighta::api {

inline identity::KeyRotation::Settings key_settings(Config const& config) {
  return {.rotation = std::chrono::floor<std::chrono::seconds>(config.key_rotation),
          .algorithm = *crypto::parse_signature_algorithm(config.signing_algorithm)};
}

}  // namespace insighta::api
