#pragma once

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/client_repository.hpp"
#include "identity/repositories/consent_repository.hpp"
#include "identity/repositories/device_repository.hpp"
#include "identity/repositories/key_repository.hpp"
#include "identity/repositories/privacy_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/access_tokens.hpp"
#include "identity/services/account_service.hpp"
#include "identity/services/authenticator.hpp"
#include "identity/services/authorization_service.hpp"
#include "identity/services/client_registry.hpp"
#include "identity/services/client_service.hpp"
#include "identity/services/consent_service.hpp"
#include "identity/services/device_service.hpp"
#include "identity/services/key_rotation.hpp"
#include "identity/services/privacy_service.hpp"
#include "identity/services/secrets.hpp"
#include "identity/services/token_service.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/postgres_test.hpp"

#include <string>

namespace insighta::identity {

/// The services of this feature on a database of their own, with a clock that stands still. People
/// sign in without a provider: a code is issued for them.
class IdentityTest : public testing::PostgresTest {
 protected:
  static constexpr std::string_view issuer = "http://localhost:8080";

  IdentityTest() {
    settings.issuer = issuer;
    settings.key_encryption_key = std::string(32, 'k');
    await(key_rotation.run());
    await(keys.load(key_store));
    await(client_service.register_own("http://127.0.0.1:3000/login/callback", "portal secret"));
  }

  User person(std::string const& subject, Roles roles = {Role::analyst},
              bool is_role_by_default = false) {
    auto const body = [&](Transaction& tx) -> Task<Result<User>> {
      co_return co_await users.upsert(tx, UserId::make(clock.now()),
                                      {.provider = "github",
                                       .subject = subject,
                                       .login = "login-" + subject,
                                       .display_name = {},
                                       .email = {},
                                       .avatar_url = {}},
                                      {.roles = roles, .is_by_default = is_role_by_default},
                                      clock.now());
    };
    return await(database().run<User>(body)).value();
  }

  Client client(std::string_view id) { return await(client_service.find(id)).value(); }

  PendingRequest request(std::string_view client_id) {
    return {.client_id = std::string{client_id},
            .redirect_uri = "http://127.0.0.1:9876/callback",
            .state = "state",
            .code_challenge = challenge_of(verifier),
            .scopes = client(client_id).scopes};
  }

  /// Of somebody who allows what is asked.
  std::string code(User const& user, std::string_view client_id = cli_client) {
    auto const asked = request(client_id);
    await(consents.remember(user.id, client(client_id), asked.scopes, here));
    return await(authorization.issue_code(asked, user, clock.now()));
  }

  Result<IssuedTokens> redeem(std::string const& with_code,
                              std::string_view client_id = cli_client) {
    return await(tokens.redeem(
        client(client_id),
        {.code = with_code, .code_verifier = verifier, .redirect_uri = {}, .state = {}}, here));
  }

  IssuedTokens sign_in(User const& user, std::string_view client_id = cli_client) {
    return redeem(code(user, client_id), client_id).value();
  }

  Task<Result<IssuedTokens>> refreshing(std::string token, std::string key = "",
                                        std::string_view client_id = cli_client) {
    auto const found = co_await client_service.find(client_id);
    co_return co_await tokens.refresh(*found,
                                      {.token = token, .idempotency_key = key, .scopes = {}}, here);
  }

  Result<IssuedTokens> refresh(std::string const& token, std::string const& key = "",
                               std::string_view client_id = cli_client) {
    return await(refreshing(token, key, client_id));
  }

  Result<Actor> authenticate(std::string const& access_token) {
    return await(authenticator.authenticate("Bearer " + access_token));
  }

  static std::string reason(Result<IssuedTokens> const& result) {
    if (result) return "granted";
    return result.error().fields.empty() ? result.error().code
                                         : result.error().fields.front().message;
  }

  std::int64_t count_audit(std::string const& action) {
    return await(accounts.audit({.action = action, .user = {}, .from = {}, .to = {}, .text = {}},
                                100, 0))
        .total;
  }

  std::string const verifier = std::string(43, 'v');
  Origin const here{.address = "192.0.2.1", .user_agent = "test"};
  ManualClock clock{*parse_rfc3339("2027-01-01T00:00:00Z")};
  Settings settings;
  UserRepository users{database()};
  SessionRepository sessions{database()};
  SignInRepository sign_ins{database()};
  ClientRepository clients{database()};
  KeyRepository key_store{database()};
  ConsentRepository consent_store{database()};
  AuditRepository audit{database()};
  KeyRing keys{std::string(32, 'k'), false};
  KeyRotation key_rotation{
      {.algorithm = crypto::SignatureAlgorithm::es256}, keys, key_store, audit, database(), clock};
  AccessTokens access_tokens{keys, key_store, loop(), std::string{issuer}};
  Authenticator authenticator{access_tokens, sessions, clock};
  ClientService client_service{clients, clock};
  AuthorizationService authorization{settings, client_service, sign_ins, clock};
  SessionOpener opener{settings, access_tokens, sessions, audit};
  TokenService tokens{settings, access_tokens, opener,     sessions, sign_ins,
                      users,    audit,         database(), clock};
  AccountService accounts{users, sessions, sign_ins, audit, database(), clock};
  PrivacyRepository privacy_store{database()};
  PrivacyService privacy{accounts, privacy_store, users, audit, database(), clock};
  ConsentService consents{consent_store, sessions, sign_ins, audit, database(), clock};
  DeviceRepository device_store{database()};
  DeviceService devices{settings, device_store, client_service, consents, users,
                        opener,   audit,        database(),     clock};
  ClientRegistry registry{clients, consent_store, sessions, sign_ins, audit, database(), clock};
};

}  // namespace insighta::identity
