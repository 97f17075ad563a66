#pragma once

#include "identity/domain/consent.hpp"
#include "identity/domain/role.hpp"
#include "identity/domain/session.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// What the database says of a session and its person right now.
struct Access {
  UserId user_id;
  Roles roles;
  bool is_user_active = false;
  std::int64_t auth_epoch = 0;
  bool is_revoked = true;
  Instant expires_at;
  std::string client_id;
};

/// Tables identity.sessions and identity.refresh_tokens. Lock order: session, then token.
class SessionRepository {
 public:
  explicit SessionRepository(postgres::Database& database) : database_(database) {}

  /// False when its client has been removed, or may not do as much, or the person does not allow
  /// it.
  Task<bool> insert(Transaction& tx, Session const& session);
  /// The lock that refresh, revocation and sign-out take turns by.
  Task<std::optional<Session>> lock(Transaction& tx, SessionId id);
  /// The same for the session of a refresh token.
  Task<std::optional<Session>> lock_of_token(Transaction& tx, std::string_view token_hash);
  /// Without a lock, and whatever became of the token.
  Task<std::optional<SessionId>> find_of_token(std::string_view token_hash);
  Task<void> revoke(Transaction& tx, SessionId id, std::string_view reason, Instant now);
  Task<void> revoke_all(Transaction& tx, UserId user, std::string_view reason, Instant now,
                        std::optional<SessionId> except = {});
  /// Of everybody; gives how many were live.
  Task<std::int64_t> revoke_everybody(Transaction& tx, Instant now);
  /// Because a spent token came again, from `address`.
  Task<void> revoke_for_reuse(Transaction& tx, SessionId id, std::string_view address, Instant now);
  /// Of one client, and one person when given.
  Task<void> revoke_of_client(Transaction& tx, std::string_view client_id,
                              std::optional<UserId> user, std::string_view reason, Instant now);
  /// Those of a client that may do more than `scopes`.
  Task<void> revoke_beyond(Transaction& tx, std::string_view client_id,
                           std::vector<Scope> const& scopes, std::string_view reason, Instant now);
  /// What the person has not been told yet of sessions that ended for reuse.
  Task<std::vector<ReuseNotice>> list_reuses(UserId user);
  /// The same, or one of them; they are told now.
  Task<std::vector<ReuseNotice>> tell_reuse(UserId user, Instant now,
                                            std::optional<SessionId> only = {});
  Task<std::vector<Session>> list(UserId user, Instant now);
  Task<std::optional<Access>> find_access(SessionId id);

  Task<void> insert_token(Transaction& tx, RefreshToken const& token, Instant now);
  Task<std::optional<RefreshToken>> find_token(Transaction& tx, std::string_view hash);
  /// Spends a token for its successor, and notes that its session was used from `origin`.
  Task<void> rotate(Transaction& tx, RefreshToken const& spent, RefreshToken const& successor,
                    Origin const& origin);

  /// Forgets sessions that ended before `ended_before`.
  Task<void> delete_old(Instant ended_before);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
