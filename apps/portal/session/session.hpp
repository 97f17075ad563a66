#pragma once

#include "platform/clock/clock.hpp"
#include "platform/uuid/uuid.hpp"
#include "site/wording.hpp"

#include <cstdint>
#include <string>

namespace insighta::portal {

/// One signed-in browser. Its tokens never leave the server.
struct Session {
  std::string id_hash;  ///< SHA-256 of what the cookie holds
  Uuid user_id;
  std::string access_token;
  std::string refresh_token;
  Instant access_expires_at;
  std::int64_t token_version = 0;
  Preferences preferences;
  bool has_flashes = false;  ///< some message waits for some page
};

/// Why a sign-in under way was begun, and what completes it.
struct SignIn {
  std::string verifier;
  std::string return_to;
  std::string previous_session_hash;  ///< empty: none
};

/// A message for the next visit of one page.
struct Flash {
  bool is_failure = false;
  std::string message;
};

}  // namespace insighta::portal
