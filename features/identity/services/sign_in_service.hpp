#pragma once

#include "identity/domain/session.hpp"
#include "identity/domain/user.hpp"
#include "identity/services/pending_request.hpp"
#include "identity/services/settings.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity {

class AuditRepository;
class Provider;
class SignInRepository;
class UserRepository;
struct FirstRoles;

inline constexpr std::chrono::seconds sign_in_lifetime{600};

/// A sign-in that has begun: where the browser goes, and what it keeps in a cookie meanwhile.
struct BegunSignIn {
  std::string provider_url;
  std::string cookie_name_suffix;  ///< one cookie per sign-in, so that two tabs work
  std::string cookie_secret;
};

/// What a provider redirected with.
struct ProviderRedirect {
  std::string_view provider;  ///< whose callback it was
  std::string state;
  std::string code;    ///< empty with an error
  std::string issuer;  ///< RFC 9207; empty without
  std::string error;
  std::optional<UserId> signed_in;  ///< who is signed in in that browser
};

/// Somebody is back from the provider.
struct CompletedSignIn {
  PendingRequest request;
  /// The error by its OAuth word when the provider said no; then there is no person.
  std::optional<Error> error;
  std::optional<User> user;
  std::string browser_session;  ///< the secret of the new session's cookie
  Instant auth_time;
};

/// The person whose browser asks.
struct SignedIn {
  User user;
  Instant auth_time;
};

/// Signing in at the provider, and staying signed in at the authorization server (spec auth.md
/// sections 1 and 7).
class SignInService {
 public:
  /// `providers`: at least one; the first is GitHub.
  SignInService(Settings const& settings, std::vector<Provider*> providers,
                SignInRepository& sign_ins, UserRepository& users, AuditRepository& audit,
                Transactions& transactions, Clock const& clock);

  std::vector<Provider*> const& providers() const { return providers_; }
  /// Null when none has this name.
  Provider* find_provider(std::string_view name) const;

  /// Begins at `request.provider`, or at the first one.
  Task<Result<BegunSignIn>> begin(PendingRequest request);
  /// The suffix of the cookie that belongs to a provider's `state`.
  static std::string cookie_name_suffix(std::string_view state);

  /// 400 when the state is unknown, used, expired, of another browser or of another provider.
  Task<Result<CompletedSignIn>> complete(ProviderRedirect const& redirect,
                                         std::string_view cookie_secret, Origin const& origin);

  /// Nothing when nobody is signed in, was idle for 8 hours or has been there for 24.
  Task<std::optional<SignedIn>> current(std::string_view browser_session);
  Task<void> end(std::string_view browser_session);
  /// The csrf_token of forms that are shown to this browser session.
  std::string csrf_token(std::string_view browser_session) const;

  /// Deletes what nobody can use any more; called every hour.
  Task<void> sweep();

 private:
  Task<Result<User>> link(ProviderAccount const& account, UserId id, Origin const& origin,
                          Instant now);
  Task<Result<User>> store(ProviderAccount const& account, std::string_view session_hash,
                           Origin const& origin, Instant now);
  bool is_bootstrap_admin(ProviderAccount const& account) const;
  Task<void> promote(Transaction& tx, User& user, Origin const& origin, Instant now);
  FirstRoles first_roles(ProviderAccount const& account) const;

  Settings const& settings_;
  std::vector<Provider*> const providers_;
  SignInRepository& sign_ins_;
  UserRepository& users_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
