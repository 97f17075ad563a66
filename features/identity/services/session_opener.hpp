#pragma once

#include "identity/domain/client.hpp"
#include "identity/domain/session.hpp"
#include "identity/domain/user.hpp"
#include "identity/services/settings.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace insighta::identity {

class AccessTokens;
class AuditRepository;
class SessionRepository;

/// What the token endpoint gives out.
struct IssuedTokens {
  std::string access_token;
  std::string refresh_token;
  std::chrono::seconds expires_in{180};
  std::chrono::seconds refresh_expires_in{0};
  std::vector<Scope> scopes;
  User user;
  SessionId session_id;
};

/// A session with a refresh token that nobody has seen yet; signed when the transaction is through.
struct GrantedTokens {
  Session session;
  User user;
  std::string refresh_token;
  Instant refresh_expires_at;
  std::vector<Scope> scopes;  ///< of the access token
};

/// What a person has agreed to when a session begins.
struct SessionStart {
  User user;
  std::vector<Scope> scopes;
  Instant auth_time;
};

/// 400 `invalid_grant` with its reason.
Error invalid_grant(std::string reason);

/// Begins sessions, whichever grant they come from.
class SessionOpener {
 public:
  SessionOpener(Settings const& settings, AccessTokens& access_tokens, SessionRepository& sessions,
                AuditRepository& audit)
      : settings_(settings), access_tokens_(access_tokens), sessions_(sessions), audit_(audit) {}

  /// The session with its first refresh token, and the audit row. `invalid_grant` when the client
  /// was removed or the consent taken back meanwhile.
  Task<Result<GrantedTokens>> open(Transaction& tx, Client const& client, SessionStart start,
                                   Origin const& origin, Instant now);
  IssuedTokens sign(GrantedTokens granted, Instant now);

 private:
  Settings const& settings_;
  AccessTokens& access_tokens_;
  SessionRepository& sessions_;
  AuditRepository& audit_;
};

}  // namespace insighta::identity
