#include "identity/repositories/key_repository.hpp"

#include "identity/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

using postgres::Bytes;
using postgres::Parameters;

namespace {

std::vector<StoredKey> keys_of(postgres::Rows const& rows) {
  std::vector<StoredKey> keys;
  for (auto const& row : rows)
    keys.push_back({.kid = row.get<std::string>(0),
                    .state = parse_key_state(row.get<std::string_view>(1)).value(),
                    .sealed_private_key = row.get<std::string>(2),
                    .since = row.get<Instant>(3)});
  return keys;
}

}  // namespace

Task<void> KeyRepository::lock(Transaction& tx) {
  co_await tx.query(queries::lock_signing_keys);
}

Task<std::vector<StoredKey>> KeyRepository::list(Transaction& tx) {
  co_return keys_of(co_await tx.query(queries::select_signing_keys));
}

Task<std::vector<StoredKey>> KeyRepository::list() {
  co_return keys_of(co_await database_.query(queries::select_signing_keys));
}

Task<void> KeyRepository::insert(Transaction& tx, StoredKey const& key) {
  co_await tx.query(
      queries::insert_signing_key,
      Parameters(key.kid, to_string(key.state), Bytes{key.sealed_private_key}, key.since));
}

Task<void> KeyRepository::change_state(Transaction& tx, std::string_view kid, KeyState state,
                                       Instant now) {
  co_await tx.query(queries::update_signing_key_state, Parameters(kid, to_string(state), now));
}

Task<void> KeyRepository::remove(Transaction& tx, std::string_view kid) {
  co_await tx.query(queries::delete_signing_key, Parameters(kid));
}

Task<void> KeyRepository::remove_all(Transaction& tx) {
  co_await tx.query(queries::delete_signing_keys);
}

Task<std::string> KeyRepository::claim_environment(std::string_view environment) {
  co_await database_.query(queries::claim_deployment, Parameters(environment));
  auto const rows = co_await database_.query(queries::select_deployment);
  co_return rows.single().get<std::string>(0);
}

}  // namespace insighta::identity
