#include "identity/repositories/client_repository.hpp"

#include "identity/queries.hpp"
#include "identity/repositories/words.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

using postgres::Bytes;
using postgres::Parameters;

Task<void> ClientRepository::upsert_first_party(Client const& client, Instant now) {
  std::vector<std::string> grants;
  for (auto const grant : client.grants) grants.emplace_back(to_string(grant));
  std::optional<Bytes> secret;
  if (client.is_confidential) secret = Bytes{client.secret_hash};
  co_await database_.query(queries::upsert_client,
                           Parameters(client.id, client.name, client.is_confidential, secret,
                                      client.redirect_uris, grants, words_of(client.scopes), now));
}

Task<std::optional<Client>> ClientRepository::find(std::string_view client_id) {
  auto const rows = co_await database_.query(queries::select_client, Parameters(client_id));
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  Client client{.id = row.get<std::string>(0),
                .name = row.get<std::string>(1),
                .is_confidential = row.get<bool>(2),
                .secret_hash = row.get<std::optional<std::string>>(3).value_or(""),
                .redirect_uris = row.get<std::vector<std::string>>(4),
                .grants = {},
                .scopes = scopes_of(row.get<std::vector<std::string>>(6))};
  for (auto const& word : row.get<std::vector<std::string>>(5))
    if (auto const grant = parse_grant_type(word)) client.grants.push_back(*grant);
  co_return client;
}

}  // namespace insighta::identity
