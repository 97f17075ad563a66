#include "session/session_store.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"
#include "platform/postgres/database.hpp"
#include "portal/queries.hpp"

namespace insighta::portal {

using postgres::Bytes;
using postgres::Parameters;

SessionStore::SessionStore(postgres::Database& database, std::string_view session_key)
    : database_(database), key_(crypto::derive_key(session_key, "insighta portal sessions")) {}

Task<std::optional<Session>> SessionStore::find(std::string id_hash, Instant now) {
  auto const rows =
      co_await database_.query(queries::select_session, Parameters{Bytes{id_hash}, now});
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  Session session{.id_hash = std::move(id_hash),
                  .user_id = row.get<Uuid>(0),
                  .access_token = {},
                  .refresh_token = {},
                  .access_expires_at = row.get<Instant>(2),
                  .token_version = row.get<std::int64_t>(3),
                  .preferences = {},
                  .has_flashes = row.get<bool>(7)};
  if (!row.is_null(4))
    session.preferences = {row.get<std::string>(4), row.get<std::string>(5),
                           row.get<std::string>(6)};
  // Sealed under another key: as good as gone.
  if (!open_tokens(row.get<std::string_view>(1), session)) co_return std::nullopt;
  co_return session;
}

Task<void> SessionStore::insert(Session const& session, Instant now, Instant expires_at) {
  auto const sealed = seal_tokens(session);
  co_await database_.query(queries::insert_session,
                           Parameters{Bytes{session.id_hash}, session.user_id, Bytes{sealed},
                                      session.access_expires_at, now, expires_at});
}

Task<void> SessionStore::remove(std::string id_hash) {
  co_await database_.query(queries::delete_session, Parameters{Bytes{id_hash}});
}

Task<std::optional<std::string>> SessionStore::claim_refresh(Session const& session,
                                                             std::string attempt_key) {
  auto const rows = co_await database_.query(
      queries::claim_refresh,
      Parameters{Bytes{session.id_hash}, session.token_version, attempt_key});
  if (rows.is_empty()) co_return std::nullopt;
  co_return rows.single().get<std::string>(0);
}

Task<void> SessionStore::release_refresh(Session const& session) {
  co_await database_.query(queries::release_refresh,
                           Parameters{Bytes{session.id_hash}, session.token_version});
}

Task<bool> SessionStore::replace_tokens(Session const& session) {
  auto const sealed = seal_tokens(session);
  auto const rows = co_await database_.query(
      queries::store_refreshed_tokens, Parameters{Bytes{session.id_hash}, session.token_version,
                                                  Bytes{sealed}, session.access_expires_at});
  co_return rows.affected() == 1;
}

Task<bool> SessionStore::remove_version(Session const& session) {
  auto const rows = co_await database_.query(
      queries::delete_session_version, Parameters{Bytes{session.id_hash}, session.token_version});
  co_return rows.affected() == 1;
}

Task<void> SessionStore::insert_sign_in(std::string state_hash, std::string browser_hash,
                                        SignIn const& sign_in, Instant expires_at) {
  auto const sealed = crypto::seal(key_, sign_in.verifier, state_hash);
  Parameters parameters{Bytes{state_hash}, Bytes{browser_hash}, Bytes{sealed}, sign_in.return_to};
  parameters.add(sign_in.previous_session_hash.empty()
                     ? std::optional<Bytes>{}
                     : std::optional{Bytes{sign_in.previous_session_hash}});
  parameters.add(expires_at);
  co_await database_.query(queries::insert_sign_in, std::move(parameters));
}

Task<std::optional<SignIn>> SessionStore::take_sign_in(std::string state_hash,
                                                       std::string browser_hash, Instant now) {
  auto const rows = co_await database_.query(
      queries::take_sign_in, Parameters{Bytes{state_hash}, Bytes{browser_hash}, now});
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  auto verifier = crypto::open(key_, row.get<std::string_view>(0), state_hash);
  if (!verifier) co_return std::nullopt;
  co_return SignIn{std::move(*verifier), row.get<std::string>(1),
                   row.get<std::optional<std::string>>(2).value_or("")};
}

Task<void> SessionStore::add_flash(std::string session_hash, std::string target, Flash const& flash,
                                   Instant now) {
  co_await database_.query(
      queries::insert_flash,
      Parameters{Uuid::v7(now), Bytes{session_hash}, target, flash.is_failure, flash.message});
}

Task<std::vector<Flash>> SessionStore::take_flashes(std::string session_hash, std::string target) {
  auto const rows =
      co_await database_.query(queries::take_flashes, Parameters{Bytes{session_hash}, target});
  std::vector<Flash> flashes;
  for (auto const row : rows) flashes.push_back({row.get<bool>(0), row.get<std::string>(1)});
  co_return flashes;
}

Task<void> SessionStore::store_preferences(Uuid user_id, Preferences const& preferences) {
  co_await database_.query(
      queries::upsert_preferences,
      Parameters{user_id, preferences.time_zone, preferences.clock, preferences.appearance});
}

Task<void> SessionStore::remove_expired(Instant now) {
  co_await database_.query(queries::delete_expired_sessions, Parameters{now});
  co_await database_.query(queries::delete_expired_sign_ins, Parameters{now});
}

std::string SessionStore::seal_tokens(Session const& session) const {
  std::string tokens;
  json::Writer{tokens}
      .begin_object()
      .member("access_token", std::string_view{session.access_token})
      .member("refresh_token", std::string_view{session.refresh_token})
      .end_object();
  return crypto::seal(key_, tokens, session.id_hash);
}

bool SessionStore::open_tokens(std::string_view sealed, Session& session) const {
  auto const opened = crypto::open(key_, sealed, session.id_hash);
  if (!opened) return false;
  auto const tokens = json::Value::parse(*opened);
  if (!tokens) return false;
  auto const text = [&](std::string_view name) {
    auto const member = tokens->find(name);
    return std::string{member ? member->as_string().value_or("") : ""};
  };
  session.access_token = text("access_token");
  session.refresh_token = text("refresh_token");
  return true;
}

}  // namespace insighta::portal
