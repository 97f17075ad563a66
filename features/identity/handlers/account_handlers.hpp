#pragma once

#include "identity/handlers/route.hpp"
#include "identity/services/account_service.hpp"
#include "identity/services/privacy_service.hpp"

namespace insighta::identity {

/// One's own account and sessions, and for admins people and the audit log.
class AccountHandlers {
 public:
  AccountHandlers(AccountService& accounts, PrivacyService& privacy)
      : accounts_(accounts), privacy_(privacy) {}

  std::vector<GuardedRoute> root_routes();
  std::vector<GuardedRoute> unversioned_routes();
  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> me(http::Request& request, Actor const& actor);
  Task<http::Response> sessions(http::Request& request, Actor const& actor);
  Task<http::Response> end_sessions(http::Request& request, Actor const& actor);
  Task<http::Response> end_session(http::Request& request, Actor const& actor);
  Task<http::Response> identities(http::Request& request, Actor const& actor);
  Task<http::Response> unlink(http::Request& request, Actor const& actor);
  Task<http::Response> users(http::Request& request, Actor const& actor);
  Task<http::Response> user(http::Request& request, Actor const& actor);
  Task<http::Response> change_user(http::Request& request, Actor const& actor);
  Task<http::Response> user_sessions(http::Request& request, Actor const& actor);
  Task<http::Response> end_user_sessions(http::Request& request, Actor const& actor);
  Task<http::Response> end_everybody(http::Request& request, Actor const& actor);
  Task<http::Response> audit(http::Request& request, Actor const& actor);
  Task<http::Response> export_audit(http::Request& request, Actor const& actor);
  Task<http::Response> collect(http::Request& request, Actor const& actor);
  Task<http::Response> forget(http::Request& request, Actor const& actor);

  AccountService& accounts_;
  PrivacyService& privacy_;
};

}  // namespace insighta::identity
