#pragma once

#include "identity/domain/client.hpp"
#include "identity/domain/session.hpp"
#include "identity/domain/user.hpp"
#include "identity/services/session_opener.hpp"
#include "identity/services/settings.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity {

class AccessTokens;
class AuditRepository;
class SessionRepository;
class SignInRepository;
class UserRepository;
struct AuthorizationCode;

struct CodeRedemption {
  std::string code;
  std::string code_verifier;
  std::optional<std::string> redirect_uri;  ///< when the request says it, it must be the code's
  std::optional<std::string> state;         ///< the short form says it, and it must be the code's
};

struct RefreshRequest {
  std::string token;
  std::string idempotency_key;               ///< empty without
  std::optional<std::vector<Scope>> scopes;  ///< narrower than the session's, for this access token
  /// Asked before anything changes; its refusal is the answer, and the token stays as it is. The
  /// session is locked meanwhile, so it may not wait for anything.
  std::function<Result<void>(SessionId)> admit = {};
};

/// RFC 7662 of a live token.
struct TokenFacts {
  UserId user_id;
  std::string username;
  std::string client_id;
  std::vector<Scope> scopes;
  SessionId session_id;
  Instant expires_at;
  std::optional<Instant> issued_at;  ///< of access tokens
  bool is_refresh_token = false;
};

/// Codes into tokens, tokens into newer ones, and their end (spec auth.md sections 3 and 4).
/// Refusals are 400 `invalid_grant` with a field `reason`: unknown, expired, used, reused, revoked,
/// disabled, verifier, redirect_uri.
class TokenService {
 public:
  TokenService(Settings const& settings, AccessTokens& access_tokens, SessionOpener& opener,
               SessionRepository& sessions, SignInRepository& sign_ins, UserRepository& users,
               AuditRepository& audit, Transactions& transactions, Clock const& clock);

  Task<Result<IssuedTokens>> redeem(Client const& client, CodeRedemption const& redemption,
                                    Origin const& origin);
  Task<Result<IssuedTokens>> refresh(Client const& client, RefreshRequest const& request,
                                     Origin const& origin);

  /// Whose refresh token this is, used and expired ones included; nothing for unknown text.
  Task<std::optional<SessionId>> find_session(std::string_view refresh_token);

  /// Ends the session of an access or refresh token, used and expired ones included. Unknown text
  /// is fine; another client's token is refused with `unauthorized_client`. Gives whether the token
  /// was one of ours.
  Task<Result<bool>> revoke(Client const& client, std::string_view token, Origin const& origin);
  /// Nothing for a token that is dead, for whatever reason.
  Task<std::optional<TokenFacts>> introspect(std::string_view token);

  /// The one-time hint for /oauth/logout, for the person of a live access token of this client.
  Task<Result<std::string>> make_logout_token(Client const& client, std::string_view access_token);
  /// Whether the hint was good; the person's browser sessions at this server are then gone.
  Task<bool> end_browser_sessions(std::string_view client_id, std::string_view logout_token);

  /// Forgets sessions that ended 30 days ago; called every hour.
  Task<void> sweep();

 private:
  /// What a transaction found out: committed even when it is a refusal, because a refusal may have
  /// counted a wrong verifier or ended a session.
  using Outcome = Result<GrantedTokens>;

  Task<Result<Outcome>> redeem_in(Transaction& tx, Client const& client,
                                  CodeRedemption const& redemption, Origin const& origin,
                                  Instant now);
  Task<Outcome> refuse_spent_code(Transaction& tx, AuthorizationCode const& code,
                                  CodeRedemption const& redemption, Origin const& origin,
                                  Instant now);
  Task<Result<Outcome>> refresh_in(Transaction& tx, Client const& client,
                                   RefreshRequest const& request, Origin const& origin,
                                   Instant now);
  Task<void> report_other_client(Transaction& tx, Session const& session, Client const& client,
                                 Origin const& origin, Instant now);
  Task<Outcome> rotate(Transaction& tx, GrantedTokens granted, RefreshToken token,
                       RefreshRequest const& request, Origin const& origin, Instant now);
  Task<Outcome> end_for_reuse(Transaction& tx, Session const& session, Origin const& origin,
                              Instant now);

  Settings const& settings_;
  AccessTokens& access_tokens_;
  SessionOpener& opener_;
  SessionRepository& sessions_;
  SignInRepository& sign_ins_;
  UserRepository& users_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
