#pragma once

#include "identity/domain/ids.hpp"
#include "identity/domain/permission.hpp"
#include "platform/clock/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace insighta::identity {

/// Where a request came from, for sessions and the audit log.
struct Origin {
  std::string address;
  std::string user_agent;
  std::string request_id = {};  ///< of the request, for the audit log
};

/// One sign-in of one client: the family of refresh tokens that goes back to one code.
struct Session {
  SessionId id;
  UserId user_id;
  std::string client_id;
  std::vector<Scope> scopes;
  Origin origin;
  Instant auth_time;
  Instant created_at;
  Instant last_used_at;
  Instant expires_at;  ///< absolute; rotation never moves it
  std::optional<Instant> revoked_at;

  bool is_live(Instant now) const { return !revoked_at && now < expires_at; }
};

/// A refresh token as stored: never the token itself.
struct RefreshToken {
  std::string hash;
  SessionId session_id;
  std::int64_t generation = 0;
  Instant expires_at;
  std::optional<Instant> consumed_at;
  std::string attempt_hash;      ///< of the Idempotency-Key that consumed it; may be empty
  std::string successor_hash;    ///< of the token it was exchanged for
  std::string sealed_successor;  ///< openable with the token and the key together
};

/// What presenting a refresh token leads to (spec auth.md section 3).
enum class RefreshVerdict {
  rotate,  ///< first use
  repeat,  ///< the same attempt again: the same successor
  refuse,  ///< no, and nothing else happens
  reused,  ///< somebody presents a spent token: the whole session ends
};

struct RefreshAttempt {
  std::string hash;  ///< SHA-256 of the Idempotency-Key, empty without one
  Instant at;
  bool is_successor_unused = false;
  std::chrono::milliseconds reuse_leeway{0};
};

RefreshVerdict decide_refresh(RefreshToken const& token, RefreshAttempt const& attempt);

}  // namespace insighta::identity
