#include "identity/services/client_registry.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/client_repository.hpp"
#include "identity/repositories/consent_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/services/secrets.hpp"
#include "platform/unicode/unicode.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace insighta::identity {

namespace {

constexpr std::size_t max_name_size = 100;
constexpr std::size_t max_redirects = 20;

bool is_name(std::string_view name) {
  return !name.empty() && unicode::length(name) <= max_name_size && name.front() != ' ' &&
         name.back() != ' ' && unicode::is_printable(name);
}

/// Everything that is wrong with a client as it would be stored.
Result<void> check(Client const& client) {
  std::vector<FieldError> wrong;
  if (!is_name(client.name)) wrong.push_back({"name", "must have 1 to 100 printable characters"});
  if (client.redirect_uris.size() > max_redirects)
    wrong.push_back({"redirect_uris", "must be 20 at most"});
  if (client.redirect_uris.empty() && client.may(GrantType::authorization_code))
    wrong.push_back({"redirect_uris", "must have one for the authorization_code grant"});
  for (std::size_t i = 0; i < client.redirect_uris.size(); ++i)
    if (auto const fault = fault_of_redirect(client.redirect_uris[i], client.is_confidential))
      wrong.push_back({fmt::format("redirect_uris[{}]", i), std::string{*fault}});
  if (!client.may(GrantType::authorization_code) && !client.may(GrantType::device_code))
    wrong.push_back({"grant_types", "must have a grant by which people sign in"});
  if (client.scopes.empty()) wrong.push_back({"scopes", "must have one"});
  if (wrong.empty()) return {};
  return fail(invalid("The application cannot be registered like this", std::move(wrong)));
}

std::string new_client_secret() {
  return "ics_" + new_secret();
}

std::string words_of(std::vector<Scope> const& scopes) {
  std::vector<std::string_view> words;
  for (auto const scope : scopes) words.push_back(to_string(scope));
  return fmt::format("{}", fmt::join(words, " "));
}

std::string summary(Client const& client) {
  return fmt::format("{}; {}; {}", client.name, fmt::join(client.redirect_uris, " "),
                     words_of(client.scopes));
}

}  // namespace

ClientRegistry::ClientRegistry(ClientRepository& clients, ConsentRepository& consents,
                               SessionRepository& sessions, SignInRepository& sign_ins,
                               AuditRepository& audit, Transactions& transactions,
                               Clock const& clock)
    : clients_(clients),
      consents_(consents),
      sessions_(sessions),
      sign_ins_(sign_ins),
      audit_(audit),
      transactions_(transactions),
      clock_(clock) {}

Task<std::vector<Client>> ClientRegistry::list() {
  return clients_.list();
}

Task<Result<Client>> ClientRegistry::find(std::string_view client_id) {
  auto client = co_await clients_.find(client_id);
  if (!client) co_return fail(not_found("There is no such application"));
  co_return *std::move(client);
}

Task<Result<RegisteredClient>> ClientRegistry::add(Actor const& actor, NewClient wanted,
                                                   Origin const& origin) {
  auto const now = clock_.now();
  RegisteredClient added{.client = {.id = "app_" + new_secret().substr(0, 22),
                                    .name = std::move(wanted.name),
                                    .is_confidential = wanted.is_confidential,
                                    .secret_hash = {},
                                    .redirect_uris = std::move(wanted.redirect_uris),
                                    .grants = std::move(wanted.grants),
                                    .scopes = std::move(wanted.scopes),
                                    .created_at = std::chrono::floor<std::chrono::seconds>(now)},
                         .secret = {}};
  CO_TRY_VOID(check(added.client));
  if (wanted.is_confidential) {
    added.secret = new_client_secret();
    added.client.secret_hash = hash_of(*added.secret);
  }
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await clients_.insert(tx, added.client);
    co_await audit_.append(
        tx, {.at = now,
             .action = "client_registered",
             .actor = actor.user_id,
             .target = {},
             .address = origin.address,
             .request_id = origin.request_id,
             .details = {{"client_id", added.client.id}, {"after", summary(added.client)}}});
    co_return true;
  };
  CO_TRY([[maybe_unused]] auto const done, co_await transactions_.run<bool>(body));
  co_return added;
}

Task<Result<Client>> ClientRegistry::lock(Transaction& tx, std::string_view client_id) {
  auto client = co_await clients_.lock(tx, client_id);
  if (!client) co_return fail(not_found("There is no such application"));
  if (client->is_first_party)
    co_return fail(
        conflict("This is a part of the product and configured with it", "FIRST_PARTY_CLIENT"));
  co_return *std::move(client);
}

Task<Result<RegisteredClient>> ClientRegistry::change(Actor const& actor,
                                                      std::string_view client_id,
                                                      ClientChange change, Origin const& origin) {
  auto const now = clock_.now();
  auto const secret = new_client_secret();
  auto const body = [&](Transaction& tx) -> Task<Result<RegisteredClient>> {
    CO_TRY(auto const before, co_await lock(tx, client_id));
    RegisteredClient changed{.client = before, .secret = {}};
    auto& client = changed.client;
    if (change.name) client.name = *change.name;
    if (change.redirect_uris) client.redirect_uris = *change.redirect_uris;
    if (change.scopes) client.scopes = *change.scopes;
    CO_TRY_VOID(check(client));
    if (change.rotates_secret) {
      if (!client.is_confidential)
        co_return fail(invalid("The application cannot be changed like this",
                               {{"rotate_secret", "a public application has no secret"}}));
      changed.secret = secret;
      client.secret_hash = hash_of(secret);
    }
    co_await clients_.update(tx, client);
    co_await sessions_.revoke_beyond(tx, client.id, client.scopes, "client_changed", now);
    AuditEntry entry{
        .at = now,
        .action = "client_changed",
        .actor = actor.user_id,
        .target = {},
        .address = origin.address,
        .request_id = origin.request_id,
        .details = {
            {"client_id", client.id}, {"before", summary(before)}, {"after", summary(client)}}};
    if (summary(before) != summary(client)) co_await audit_.append(tx, entry);
    if (changed.secret) {
      entry.action = "client_secret_rotated";
      entry.details = {{"client_id", client.id}};
      co_await audit_.append(tx, entry);
    }
    co_return changed;
  };
  co_return co_await transactions_.run<RegisteredClient>(body);
}

Task<Result<void>> ClientRegistry::remove(Actor const& actor, std::string_view client_id,
                                          Origin const& origin) {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    // In the order in which a session is opened: code, consent, client.
    co_await sign_ins_.delete_client_codes(tx, client_id, {});
    co_await consents_.remove_all(tx, client_id);
    CO_TRY(auto const client, co_await lock(tx, client_id));
    co_await clients_.remove(tx, client.id, now);
    co_await sessions_.revoke_of_client(tx, client.id, {}, "client_deleted", now);
    co_await audit_.append(tx,
                           {.at = now,
                            .action = "client_deleted",
                            .actor = actor.user_id,
                            .target = {},
                            .address = origin.address,
                            .request_id = origin.request_id,
                            .details = {{"client_id", client.id}, {"before", summary(client)}}});
    co_return true;
  };
  auto const done = co_await transactions_.run<bool>(body);
  if (!done) co_return fail(done.error());
  co_return Result<void>{};
}

}  // namespace insighta::identity
