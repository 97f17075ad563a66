#pragma once

#include "commands.hpp"
#include "identity/handlers/account_handlers.hpp"
#include "identity/handlers/authorize_handlers.hpp"
#include "identity/handlers/client_handlers.hpp"
#include "identity/handlers/device_handlers.hpp"
#include "identity/handlers/link_handlers.hpp"
#include "identity/handlers/short_form_handlers.hpp"
#include "identity/handlers/sign_in_pages.hpp"
#include "identity/handlers/token_handlers.hpp"
#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/client_repository.hpp"
#include "identity/repositories/consent_repository.hpp"
#include "identity/repositories/device_repository.hpp"
#include "identity/repositories/key_repository.hpp"
#include "identity/repositories/privacy_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/authenticator.hpp"
#include "identity/services/client_service.hpp"
#include "identity/services/github.hpp"
#include "identity/services/key_ring.hpp"
#include "identity/services/key_rotation.hpp"
#include "identity/services/openid_provider.hpp"
#include "platform/http/rate_limiter.hpp"

#include <memory>
#include <vector>

namespace insighta {
class EventLoop;
}

namespace insighta::postgres {
class Database;
}

namespace insighta::api {

/// What all threads share of identity: immutable or safe to share.
struct SharedIdentity {
  SharedIdentity(Config const& config, Doors const& doors);

  identity::Settings const settings;
  identity::KeyRing keys;
  identity::SignInPages const pages;
};

/// One thread's identity: in the order of construction, each thing uses what stands above it.
class IdentityParts {
 public:
  struct Surroundings {
    Config const& config;
    Clock const& clock;
    http::RateLimiter& limiter;
    SharedIdentity& shared;
    EventLoop& loop;
    postgres::Database& database;
    http::Client& outbound;
  };
  explicit IdentityParts(Surroundings around);

  identity::Authenticator& authenticator() { return authenticator_; }
  identity::AccountService& accounts() { return accounts_; }
  identity::PrivacyService& privacy() { return privacy_; }

  std::vector<http::Route> open_routes();
  /// Below no prefix, for signed-in people.
  std::vector<identity::GuardedRoute> root_routes() { return account_handlers_.root_routes(); }
  /// Below /api, without a version.
  std::vector<identity::GuardedRoute> unversioned_routes() {
    return account_handlers_.unversioned_routes();
  }
  /// Below /api/v1.
  std::vector<identity::GuardedRoute> api_routes();

  /// Once per process, before anybody is served. Throws when the database is away or belongs to
  /// another environment.
  Task<void> prepare();
  /// Rotates the signing keys when that is due, and takes over what other replicas did; called
  /// every second.
  Task<void> keep_keys();
  /// Deletes what nobody can use any more; called every hour.
  Task<void> sweep();

 private:
  std::vector<identity::Provider*> providers();

  Surroundings around_;
  identity::UserRepository users_;
  identity::SessionRepository sessions_;
  identity::SignInRepository sign_ins_;
  identity::ClientRepository clients_;
  identity::ConsentRepository consent_store_;
  identity::DeviceRepository device_store_;
  identity::KeyRepository key_store_;
  identity::PrivacyRepository privacy_store_;
  identity::AuditRepository audit_;
  identity::KeyRotation key_rotation_;
  identity::AccessTokens access_tokens_;
  identity::Authenticator authenticator_;
  identity::GitHub github_;
  std::vector<std::unique_ptr<identity::OpenIdProvider>> openid_providers_;
  identity::ClientService client_service_;
  identity::SignInService sign_in_service_;
  identity::AuthorizationService authorization_;
  identity::SessionOpener opener_;
  identity::TokenService tokens_;
  identity::AccountService accounts_;
  identity::PrivacyService privacy_;
  identity::ConsentService consents_;
  identity::ClientRegistry registry_;
  identity::DeviceService devices_;
  identity::AuthorizeHandlers authorize_handlers_;
  identity::DeviceHandlers device_handlers_;
  identity::LinkHandlers link_handlers_;
  identity::TokenHandlers token_handlers_;
  identity::ShortFormHandlers short_forms_;
  identity::AccountHandlers account_handlers_;
  identity::ClientHandlers client_handlers_;
};

}  // namespace insighta::api
