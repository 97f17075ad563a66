#include "identity/repositories/client_repository.hpp"

#include "identity/queries.hpp"
#include "identity/repositories/words.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

namespace {

using postgres::Bytes;
using postgres::Parameters;
using postgres::Row;

Client client_of(Row const& row) {
  Client client{.id = row.get<std::string>(0),
                .name = row.get<std::string>(1),
                .is_confidential = row.get<bool>(2),
                .secret_hash = row.get<std::optional<std::string>>(3).value_or(""),
                .redirect_uris = row.get<std::vector<std::string>>(4),
                .grants = {},
                .scopes = scopes_of(row.get<std::vector<std::string>>(6)),
                .is_first_party = row.get<bool>(7),
                .created_at = row.get<Instant>(8)};
  for (auto const& word : row.get<std::vector<std::string>>(5))
    if (auto const grant = parse_grant_type(word)) client.grants.push_back(*grant);
  return client;
}

std::optional<Bytes> secret_of(Client const& client) {
  if (!client.is_confidential) return {};
  return Bytes{client.secret_hash};
}

/// What insert_client and upsert_client take.
Parameters all_of(Client const& client) {
  std::vector<std::string> grants;
  for (auto const grant : client.grants) grants.emplace_back(to_string(grant));
  return Parameters(client.id, client.name, client.is_confidential, secret_of(client),
                    client.redirect_uris, grants, words_of(client.scopes), client.created_at);
}

}  // namespace

Task<void> ClientRepository::upsert_first_party(Client const& client) {
  co_await database_.query(queries::upsert_client, all_of(client));
}

Task<std::optional<Client>> ClientRepository::find(std::string_view client_id) {
  auto const rows = co_await database_.query(queries::select_client, Parameters(client_id));
  if (rows.is_empty()) co_return std::nullopt;
  co_return client_of(rows.single());
}

Task<std::vector<Client>> ClientRepository::list() {
  auto const rows = co_await database_.query(queries::select_clients);
  std::vector<Client> clients;
  for (auto const& row : rows) clients.push_back(client_of(row));
  co_return clients;
}

Task<void> ClientRepository::insert(Transaction& tx, Client const& client) {
  co_await tx.query(queries::insert_client, all_of(client));
}

Task<std::optional<Client>> ClientRepository::lock(Transaction& tx, std::string_view client_id) {
  auto const rows = co_await tx.query(queries::lock_client, Parameters(client_id));
  if (rows.is_empty()) co_return std::nullopt;
  co_return client_of(rows.single());
}

Task<void> ClientRepository::update(Transaction& tx, Client const& client) {
  co_await tx.query(queries::update_client, Parameters(client.id, client.name, client.redirect_uris,
                                                       words_of(client.scopes), secret_of(client)));
}

Task<void> ClientRepository::remove(Transaction& tx, std::string_view client_id, Instant now) {
  co_await tx.query(queries::delete_client, Parameters(client_id, now));
}

}  // namespace insighta::identity
