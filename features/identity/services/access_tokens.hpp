#pragma once

#include "identity/domain/ids.hpp"
#include "identity/domain/permission.hpp"
#include "identity/services/key_ring.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace insighta::identity {

inline constexpr std::chrono::seconds access_token_lifetime{180};

/// What an access token says: who, and which session. What they may is asked of the database.
struct AccessClaims {
  UserId user_id;
  SessionId session_id;
  std::string client_id;
  std::vector<Scope> scopes;
  std::int64_t epoch = 0;
  Instant issued_at;
  Instant expires_at;
  std::string token_id;
};

/// What a token says that one of the keys signed for `issuer`, whether or not it has expired;
/// nothing for everything else.
std::optional<AccessClaims> read_access_token(std::string_view token, KeyRing::Set const& keys,
                                              std::string_view issuer);

/// JWT access tokens (RFC 9068). One per event loop: it keeps what it has verified, because a
/// signature costs a hundred times its hash; never what a session or person may.
class AccessTokens {
 public:
  AccessTokens(KeyRing& keys, KeyRepository& key_store, EventLoop& loop, std::string issuer);

  std::string issue(AccessClaims const& claims);
  /// 401 `INVALID_TOKEN` for everything that is not exactly a token of ours that is good at `now`,
  /// whichever replica signed it. Waits only to look for a key that is unknown here.
  Task<Result<AccessClaims>> verify(std::string_view token, Instant now);

 private:
  Result<AccessClaims> verify_with_known_keys(std::string_view token, Instant now);
  bool has_unknown_key(std::string_view token) const;

  KeyRing& keys_;
  KeyRepository& key_store_;
  EventLoop& loop_;
  std::string const issuer_;
  std::shared_ptr<KeyRing::Set const> verified_with_;
  std::unordered_map<std::string, AccessClaims> verified_;  // by SHA-256 of the token
};

}  // namespace insighta::identity
