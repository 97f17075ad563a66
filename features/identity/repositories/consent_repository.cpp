#include "identity/repositories/consent_repository.hpp"

#include "identity/queries.hpp"
#include "identity/repositories/words.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

using postgres::Parameters;

Task<void> ConsentRepository::add(Transaction& tx, UserId user, std::string_view client_id,
                                  std::vector<Scope> const& scopes, Instant now) {
  co_await tx.query(queries::upsert_consent, Parameters(user, client_id, words_of(scopes), now));
}

Task<std::optional<std::vector<Scope>>> ConsentRepository::find(UserId user,
                                                                std::string_view client_id) {
  auto const rows = co_await database_.query(queries::select_consent, Parameters(user, client_id));
  if (rows.is_empty()) co_return std::nullopt;
  co_return scopes_of(rows.single().get<std::vector<std::string>>(0));
}

Task<std::vector<ConnectedApp>> ConsentRepository::list(UserId user) {
  auto const rows = co_await database_.query(queries::select_consents, Parameters(user));
  std::vector<ConnectedApp> apps;
  for (auto const& row : rows)
    apps.push_back({.client_id = row.get<std::string>(0),
                    .name = row.get<std::string>(1),
                    .scopes = scopes_of(row.get<std::vector<std::string>>(2)),
                    .granted_at = row.get<Instant>(3),
                    .last_used_at = row.get<std::optional<Instant>>(4)});
  co_return apps;
}

Task<bool> ConsentRepository::remove(Transaction& tx, UserId user, std::string_view client_id) {
  auto const rows = co_await tx.query(queries::delete_consent, Parameters(user, client_id));
  co_return rows.affected() > 0;
}

Task<void> ConsentRepository::remove_all(Transaction& tx, std::string_view client_id) {
  co_await tx.query(queries::delete_client_consents, Parameters(client_id));
}

}  // namespace insighta::identity
