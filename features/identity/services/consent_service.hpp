#pragma once

#include "identity/domain/actor.hpp"
#include "identity/domain/client.hpp"
#include "identity/domain/consent.hpp"
#include "identity/domain/session.hpp"
#include "identity/services/pending_request.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <string_view>
#include <vector>

namespace insighta::identity {

class AuditRepository;
class ConsentRepository;
class SessionRepository;
class SignInRepository;

/// What people allow applications (spec auth.md, head and section 2).
class ConsentService {
 public:
  ConsentService(ConsentRepository& consents, SessionRepository& sessions,
                 SignInRepository& sign_ins, AuditRepository& audit, Transactions& transactions,
                 Clock const& clock);

  /// Public clients always need a page, because anybody can pretend to be one (RFC 8252 section
  /// 8.6); registered confidential ones until the person has allowed what they ask for.
  Task<bool> needs_page(UserId user, Client const& client, PendingRequest const& request);
  /// The person has said yes on the page.
  Task<void> remember(UserId user, Client const& client, std::vector<Scope> const& scopes,
                      Origin const& origin);

  Task<std::vector<ConnectedApp>> list(Actor const& actor);
  /// The application's sessions of this person end as well. 404 when there is no consent.
  Task<Result<void>> revoke(Actor const& actor, std::string_view client_id, Origin const& origin);

  /// What the person is to be told about sessions that ended by reuse; once.
  Task<std::vector<ReuseNotice>> tell_reuse(UserId user);
  /// The same for a program that asks, and then says that it has told. 404 when there is no such
  /// notice any more.
  Task<std::vector<ReuseNotice>> list_reuses(Actor const& actor);
  Task<Result<void>> dismiss_reuse(Actor const& actor, SessionId session);

 private:
  ConsentRepository& consents_;
  SessionRepository& sessions_;
  SignInRepository& sign_ins_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
