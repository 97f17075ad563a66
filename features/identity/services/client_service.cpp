#include "identity/services/client_service.hpp"

#include "identity/repositories/client_repository.hpp"
#include "identity/services/secrets.hpp"
#include "platform/crypto/crypto.hpp"

namespace insighta::identity {

Task<void> ClientService::register_own(std::string const& portal_redirect,
                                       std::string const& portal_secret) {
  std::vector<Scope> const all = {Scope::read, Scope::write, Scope::admin};
  Client const cli{
      .id = std::string{cli_client},
      .name = "Insighta CLI",
      .is_confidential = false,
      .secret_hash = {},
      .redirect_uris = {"http://127.0.0.1/callback", "http://[::1]/callback"},
      .grants = {GrantType::authorization_code, GrantType::refresh_token, GrantType::device_code},
      .scopes = all,
      .is_first_party = true,
      .created_at = clock_.now()};
  Client const portal{.id = std::string{portal_client},
                      .name = "Insighta portal",
                      .is_confidential = true,
                      .secret_hash = hash_of(portal_secret),
                      .redirect_uris = {portal_redirect},
                      .grants = {GrantType::authorization_code, GrantType::refresh_token},
                      .scopes = all,
                      .is_first_party = true,
                      .created_at = clock_.now()};
  co_await clients_.upsert_first_party(cli);
  co_await clients_.upsert_first_party(portal);
}

Task<std::optional<Client>> ClientService::find(std::string_view client_id) {
  return clients_.find(client_id);
}

Task<Result<Client>> ClientService::authenticate(ClientCredentials const& credentials) {
  auto client = co_await clients_.find(credentials.id);
  bool const is_known =
      client && client->is_confidential == credentials.secret.has_value() &&
      (!client->is_confidential ||
       crypto::equal_in_constant_time(client->secret_hash, hash_of(*credentials.secret)));
  if (!is_known)
    co_return fail(
        unauthenticated("The client is unknown or its secret is wrong", "invalid_client"));
  co_return *std::move(client);
}

}  // namespace insighta::identity
