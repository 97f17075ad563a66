#include "identity/repositories/sign_in_repository.hpp"

#include "identity/queries.hpp"
#include "identity/repositories/words.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

using postgres::Bytes;
using postgres::Parameters;

Task<void> SignInRepository::begin(std::string_view state_hash, std::string_view cookie_hash,
                                   std::string_view sealed_request, Instant expires_at) {
  co_await database_.query(
      queries::insert_sign_in,
      Parameters(Bytes{state_hash}, Bytes{cookie_hash}, Bytes{sealed_request}, expires_at));
}

Task<std::optional<std::string>> SignInRepository::take(std::string_view state_hash,
                                                        std::string_view cookie_hash, Instant now) {
  auto const rows = co_await database_.query(queries::take_sign_in,
                                             Parameters(Bytes{state_hash}, Bytes{cookie_hash}));
  if (rows.is_empty() || rows.single().get<Instant>(1) <= now) co_return std::nullopt;
  co_return rows.single().get<std::string>(0);
}

Task<void> SignInRepository::insert_code(AuthorizationCode const& code) {
  co_await database_.query(
      queries::insert_code,
      Parameters(Bytes{code.hash}, code.client_id, code.user_id, code.redirect_uri,
                 code.code_challenge, Bytes{code.state_hash}, words_of(code.scopes), code.auth_time,
                 code.expires_at));
}

Task<std::optional<AuthorizationCode>> SignInRepository::lock_code(Transaction& tx,
                                                                   std::string_view hash) {
  auto const rows = co_await tx.query(queries::lock_code, Parameters(Bytes{hash}));
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  co_return AuthorizationCode{.hash = std::string{hash},
                              .client_id = row.get<std::string>(0),
                              .user_id = row.get<UserId>(1),
                              .redirect_uri = row.get<std::string>(2),
                              .code_challenge = row.get<std::string>(3),
                              .state_hash = row.get<std::string>(4),
                              .scopes = scopes_of(row.get<std::vector<std::string>>(5)),
                              .auth_time = row.get<Instant>(6),
                              .expires_at = row.get<Instant>(7),
                              .wrong_verifiers = row.get<std::int64_t>(8),
                              .consumed_at = row.get<std::optional<Instant>>(9),
                              .session_id = row.get<std::optional<SessionId>>(10)};
}

Task<void> SignInRepository::count_wrong_verifier(Transaction& tx, std::string_view hash) {
  co_await tx.query(queries::count_wrong_verifier, Parameters(Bytes{hash}));
}

Task<void> SignInRepository::consume_code(Transaction& tx, std::string_view hash, SessionId session,
                                          Instant now) {
  co_await tx.query(queries::consume_code, Parameters(Bytes{hash}, now, session));
}

Task<void> SignInRepository::insert_browser_session(Transaction& tx, std::string_view id_hash,
                                                    UserId user, Instant auth_time,
                                                    Instant expires_at) {
  co_await tx.query(queries::insert_browser_session,
                    Parameters(Bytes{id_hash}, user, auth_time, expires_at));
}

Task<std::optional<BrowserSession>> SignInRepository::use_browser_session(std::string_view id_hash,
                                                                          Instant now,
                                                                          Instant idle_since) {
  auto const rows = co_await database_.query(queries::touch_browser_session,
                                             Parameters(Bytes{id_hash}, now, idle_since));
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  co_return BrowserSession{.user_id = row.get<UserId>(0), .auth_time = row.get<Instant>(1)};
}

Task<void> SignInRepository::delete_browser_session(std::string_view id_hash) {
  co_await database_.query(queries::delete_browser_session, Parameters(Bytes{id_hash}));
}

Task<void> SignInRepository::delete_browser_sessions(Transaction& tx, UserId user) {
  co_await tx.query(queries::delete_user_browser_sessions, Parameters(user));
}

Task<void> SignInRepository::delete_codes(Transaction& tx, UserId user) {
  co_await tx.query(queries::delete_user_codes, Parameters(user));
  co_await tx.query(queries::delete_user_device_grants, Parameters(user));
}

Task<void> SignInRepository::delete_everything(Transaction& tx) {
  for (auto const& query : {queries::delete_every_code, queries::delete_every_approved_device,
                            queries::delete_every_browser_session})
    co_await tx.query(query);
}

Task<void> SignInRepository::delete_client_codes(Transaction& tx, std::string_view client_id,
                                                 std::optional<UserId> user) {
  co_await tx.query(queries::delete_client_codes, Parameters(client_id, user));
  co_await tx.query(queries::delete_client_device_grants, Parameters(client_id, user));
}

Task<void> SignInRepository::insert_logout_token(std::string_view hash, UserId user,
                                                 std::string_view client_id, Instant expires_at) {
  co_await database_.query(queries::insert_logout_token,
                           Parameters(Bytes{hash}, user, client_id, expires_at));
}

Task<std::optional<UserId>> SignInRepository::take_logout_token(std::string_view hash,
                                                                std::string_view client_id,
                                                                Instant now) {
  auto const rows =
      co_await database_.query(queries::take_logout_token, Parameters(Bytes{hash}, client_id));
  if (rows.is_empty() || rows.single().get<Instant>(1) <= now) co_return std::nullopt;
  co_return rows.single().get<UserId>(0);
}

Task<void> SignInRepository::delete_expired(Instant now) {
  for (auto const& query :
       {queries::delete_expired_sign_ins, queries::delete_expired_codes,
        queries::delete_expired_browser_sessions, queries::delete_expired_logout_tokens})
    co_await database_.query(query, Parameters(now));
}

}  // namespace insighta::identity
