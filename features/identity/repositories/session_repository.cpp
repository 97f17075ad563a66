#include "identity/repositories/session_repository.hpp"

#include "identity/queries.hpp"
#include "identity/repositories/words.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

namespace {

using postgres::Bytes;
using postgres::Parameters;
using postgres::Row;

Session session_of(Row const& row) {
  return {.id = row.get<SessionId>(0),
          .user_id = row.get<UserId>(1),
          .client_id = row.get<std::string>(2),
          .scopes = scopes_of(row.get<std::vector<std::string>>(3)),
          .origin = {.address = row.get<std::string>(4), .user_agent = row.get<std::string>(5)},
          .auth_time = row.get<Instant>(6),
          .created_at = row.get<Instant>(7),
          .last_used_at = row.get<Instant>(8),
          .expires_at = row.get<Instant>(9),
          .revoked_at = row.get<std::optional<Instant>>(10)};
}

std::vector<ReuseNotice> notices_of(postgres::Rows const& rows) {
  std::vector<ReuseNotice> notices;
  for (auto const& row : rows)
    notices.push_back({.session_id = row.get<SessionId>(0),
                       .client_id = row.get<std::string>(1),
                       .client_name = row.get<std::string>(2),
                       .at = row.get<Instant>(3),
                       .address = row.get<std::string>(4),
                       .other_address = row.get<std::optional<std::string>>(5).value_or("")});
  return notices;
}

std::string bytes_or_empty(Row const& row, std::size_t column) {
  return row.get<std::optional<std::string>>(column).value_or("");
}

std::optional<Bytes> bytes_or_null(std::string const& bytes) {
  if (bytes.empty()) return {};
  return Bytes{bytes};
}

}  // namespace

Task<bool> SessionRepository::insert(Transaction& tx, Session const& session) {
  auto const rows = co_await tx.query(
      queries::insert_session,
      Parameters(session.id, session.user_id, session.client_id, words_of(session.scopes),
                 session.origin.address, session.origin.user_agent, session.auth_time,
                 session.created_at, session.expires_at));
  co_return rows.affected() == 1;
}

Task<std::optional<Session>> SessionRepository::lock(Transaction& tx, SessionId id) {
  auto const rows = co_await tx.query(queries::lock_session, Parameters(id));
  if (rows.is_empty()) co_return std::nullopt;
  co_return session_of(rows.single());
}

Task<std::optional<Session>> SessionRepository::lock_of_token(Transaction& tx,
                                                              std::string_view token_hash) {
  auto const rows =
      co_await tx.query(queries::lock_session_of_token, Parameters(Bytes{token_hash}));
  if (rows.is_empty()) co_return std::nullopt;
  co_return session_of(rows.single());
}

Task<std::optional<SessionId>> SessionRepository::find_of_token(std::string_view token_hash) {
  auto const rows =
      co_await database_.query(queries::select_session_of_token, Parameters(Bytes{token_hash}));
  if (rows.is_empty()) co_return std::nullopt;
  co_return rows.single().get<SessionId>(0);
}

Task<void> SessionRepository::revoke(Transaction& tx, SessionId id, std::string_view reason,
                                     Instant now) {
  co_await tx.query(queries::revoke_session, Parameters(id, now, reason));
}

Task<void> SessionRepository::revoke_all(Transaction& tx, UserId user, std::string_view reason,
                                         Instant now, std::optional<SessionId> except) {
  co_await tx.query(queries::revoke_user_sessions, Parameters(user, now, reason, except));
}

Task<std::int64_t> SessionRepository::revoke_everybody(Transaction& tx, Instant now) {
  auto const rows = co_await tx.query(queries::revoke_everybody, Parameters(now));
  co_return rows.single().get<std::int64_t>(0);
}

Task<void> SessionRepository::revoke_for_reuse(Transaction& tx, SessionId id,
                                               std::string_view address, Instant now) {
  co_await tx.query(queries::revoke_reused_session, Parameters(id, now, address));
}

Task<void> SessionRepository::revoke_of_client(Transaction& tx, std::string_view client_id,
                                               std::optional<UserId> user, std::string_view reason,
                                               Instant now) {
  co_await tx.query(queries::revoke_client_sessions, Parameters(client_id, user, now, reason));
}

Task<void> SessionRepository::revoke_beyond(Transaction& tx, std::string_view client_id,
                                            std::vector<Scope> const& scopes,
                                            std::string_view reason, Instant now) {
  co_await tx.query(queries::revoke_sessions_beyond_scopes,
                    Parameters(client_id, words_of(scopes), now, reason));
}

Task<std::vector<ReuseNotice>> SessionRepository::list_reuses(UserId user) {
  co_return notices_of(co_await database_.query(queries::select_reuse_notices, Parameters(user)));
}

Task<std::vector<ReuseNotice>> SessionRepository::tell_reuse(UserId user, Instant now,
                                                             std::optional<SessionId> only) {
  co_return notices_of(co_await database_.query(queries::tell_reuse, Parameters(user, now, only)));
}

Task<std::vector<Session>> SessionRepository::list(UserId user, Instant now) {
  auto const rows = co_await database_.query(queries::select_user_sessions, Parameters(user, now));
  std::vector<Session> sessions;
  for (auto const& row : rows) sessions.push_back(session_of(row));
  co_return sessions;
}

Task<std::optional<Access>> SessionRepository::find_access(SessionId id) {
  auto const rows = co_await database_.query(queries::select_access, Parameters(id));
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  co_return Access{.user_id = row.get<UserId>(0),
                   .roles = roles_of(row.get<std::vector<std::string>>(1)),
                   .is_user_active = row.get<bool>(2),
                   .auth_epoch = row.get<std::int64_t>(3),
                   .is_revoked = row.get<bool>(4),
                   .expires_at = row.get<Instant>(5),
                   .client_id = row.get<std::string>(6)};
}

Task<void> SessionRepository::insert_token(Transaction& tx, RefreshToken const& token,
                                           Instant now) {
  co_await tx.query(queries::insert_refresh_token,
                    Parameters(Bytes{token.hash}, token.session_id,
                               static_cast<std::int32_t>(token.generation), now, token.expires_at));
}

Task<std::optional<RefreshToken>> SessionRepository::find_token(Transaction& tx,
                                                                std::string_view hash) {
  auto const rows = co_await tx.query(queries::select_refresh_token, Parameters(Bytes{hash}));
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  co_return RefreshToken{.hash = row.get<std::string>(0),
                         .session_id = row.get<SessionId>(1),
                         .generation = row.get<std::int64_t>(2),
                         .expires_at = row.get<Instant>(3),
                         .consumed_at = row.get<std::optional<Instant>>(4),
                         .attempt_hash = bytes_or_empty(row, 5),
                         .successor_hash = bytes_or_empty(row, 6),
                         .sealed_successor = bytes_or_empty(row, 7)};
}

Task<void> SessionRepository::rotate(Transaction& tx, RefreshToken const& spent,
                                     RefreshToken const& successor, Origin const& origin) {
  co_await tx.query(
      queries::rotate_refresh_token,
      Parameters(Bytes{spent.hash}, spent.consumed_at, bytes_or_null(spent.attempt_hash),
                 bytes_or_null(spent.sealed_successor), Bytes{successor.hash}, spent.session_id,
                 static_cast<std::int32_t>(successor.generation), successor.expires_at,
                 origin.address, origin.user_agent));
}

Task<void> SessionRepository::delete_old(Instant ended_before) {
  co_await database_.query(queries::delete_old_sessions, Parameters(ended_before));
}

}  // namespace insighta::identity
