#pragma once

#include "identity/domain/ids.hpp"
#include "identity/domain/permission.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// An authorization code as stored: by its hash.
struct AuthorizationCode {
  std::string hash;
  std::string client_id;
  UserId user_id;
  std::string redirect_uri;
  std::string code_challenge;
  std::string state_hash;
  std::vector<Scope> scopes;
  Instant auth_time;
  Instant expires_at;
  std::int64_t wrong_verifiers = 0;
  std::optional<Instant> consumed_at;
  std::optional<SessionId> session_id;  ///< what it was redeemed for
};

/// Somebody signed in at the authorization server.
struct BrowserSession {
  UserId user_id;
  Instant auth_time;
};

/// What is in flight between a browser, a provider and a client: tables sign_ins,
/// authorization_codes, browser_sessions and logout_tokens. Every key is a SHA-256.
class SignInRepository {
 public:
  explicit SignInRepository(postgres::Database& database) : database_(database) {}

  Task<void> begin(std::string_view state_hash, std::string_view cookie_hash,
                   std::string_view sealed_request, Instant expires_at);
  /// The sealed request, once; nothing for another browser's cookie or after its time.
  Task<std::optional<std::string>> take(std::string_view state_hash, std::string_view cookie_hash,
                                        Instant now);

  Task<void> insert_code(AuthorizationCode const& code);
  Task<std::optional<AuthorizationCode>> lock_code(Transaction& tx, std::string_view hash);
  Task<void> count_wrong_verifier(Transaction& tx, std::string_view hash);
  Task<void> consume_code(Transaction& tx, std::string_view hash, SessionId session, Instant now);

  Task<void> insert_browser_session(Transaction& tx, std::string_view id_hash, UserId user,
                                    Instant auth_time, Instant expires_at);
  /// Notes the use; nothing when it is over or was idle since `idle_since`.
  Task<std::optional<BrowserSession>> use_browser_session(std::string_view id_hash, Instant now,
                                                          Instant idle_since);
  Task<void> delete_browser_session(std::string_view id_hash);
  Task<void> delete_browser_sessions(Transaction& tx, UserId user);
  /// Those that nobody has redeemed.
  /// With the devices that the person approved and that have not come yet.
  Task<void> delete_codes(Transaction& tx, UserId user);
  /// The same of everybody, with the browser sessions.
  Task<void> delete_everything(Transaction& tx);
  /// Unredeemed ones of a client, and of one person when given.
  Task<void> delete_client_codes(Transaction& tx, std::string_view client_id,
                                 std::optional<UserId> user);

  Task<void> insert_logout_token(std::string_view hash, UserId user, std::string_view client_id,
                                 Instant expires_at);
  Task<std::optional<UserId>> take_logout_token(std::string_view hash, std::string_view client_id,
                                                Instant now);

  Task<void> delete_expired(Instant now);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
