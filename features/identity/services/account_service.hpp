#pragma once

#include "identity/domain/actor.hpp"
#include "identity/domain/audit.hpp"
#include "identity/domain/session.hpp"
#include "identity/domain/user.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity {

class AuditRepository;
class SessionRepository;
class SignInRepository;
class UserRepository;

/// A change of what somebody may; what is empty stays.
struct AccessChange {
  std::optional<Roles> roles;
  std::optional<bool> is_active;
};

struct UserList {
  std::vector<User> users;
  std::int64_t total = 0;
};

struct AuditList {
  std::vector<AuditRecord> records;
  std::int64_t total = 0;
};

/// One's own account and sessions, and for admins everybody's access and the audit log. Whether the
/// actor has the permission is checked before, from the route table.
class AccountService {
 public:
  AccountService(UserRepository& users, SessionRepository& sessions, SignInRepository& sign_ins,
                 AuditRepository& audit, Transactions& transactions, Clock const& clock);

  Task<Result<User>> me(Actor const& actor);
  Task<std::vector<Session>> my_sessions(Actor const& actor);
  /// 404 unless it is a live session of the actor.
  Task<Result<void>> end_session(Actor const& actor, SessionId session, Origin const& origin);
  /// Every session of the actor, this one included, and the sign-in at the authorization server.
  Task<void> end_all_sessions(Actor const& actor, Origin const& origin);

  /// For admins: the same of somebody else, and of everybody (how many there were). 404 for nobody.
  Task<Result<std::vector<Session>>> sessions_of(UserId id);
  Task<Result<void>> end_sessions_of(Actor const& actor, UserId id, Origin const& origin);
  Task<std::int64_t> end_sessions_of_everybody(Actor const& actor, Origin const& origin);

  /// The accounts at providers by which a person signs in.
  Task<std::vector<LinkedIdentity>> identities(UserId id);
  /// 404 for none of that provider, 409 `LAST_IDENTITY` for the only one.
  Task<Result<void>> unlink(Actor const& actor, std::string_view provider, Origin const& origin);

  Task<UserList> list(std::optional<Role> role, std::optional<std::string> text, std::int64_t limit,
                      std::int64_t offset);
  Task<Result<User>> find(UserId id);
  /// Counts on the next request of the person. A deactivated person's sessions end. 409
  /// `LAST_ADMIN` when no active admin would be left.
  Task<Result<User>> change_access(Actor const& actor, UserId id, AccessChange const& change,
                                   Origin const& origin);
  /// Within a use case of another feature, which has decided that `person` is to have the role: a
  /// role held only by default ends with it. Nothing happens when they have it. Takes the lock of
  /// the person's row only, which nothing of this feature follows.
  Task<void> grant_role(Transaction& tx, UserId person, Role role, std::optional<UserId> actor,
                        Origin const& origin, Instant now);
  Task<AuditList> audit(AuditFilter const& filter, std::int64_t limit, std::int64_t offset);
  /// For exports: the next ones behind `last`, none at the end.
  Task<std::vector<AuditRecord>> audit_before(AuditFilter const& filter,
                                              std::optional<AuditRecord> const& last);

  /// Every session, unredeemed code and browser session. Called before the person is locked, in
  /// the order that redeeming and refreshing lock in, and again after it: a code that was being
  /// redeemed meanwhile has made its session only then.
  Task<void> end_ways_in(Transaction& tx, UserId id, std::string_view reason, Instant now);
  /// 409 `LAST_ADMIN` when `before` is the only one of the locked `admins` and `after` is none.
  static Result<void> keep_an_admin(User const& before, std::optional<User> const& after,
                                    std::vector<UserId> const& admins);

 private:
  Task<Result<void>> end_all_of(Actor const& actor, UserId id, std::string_view reason,
                                Origin const& origin);
  Task<Result<User>> change_access_in(Transaction& tx, Actor const& actor, UserId id,
                                      AccessChange const& change, Origin const& origin);

  UserRepository& users_;
  SessionRepository& sessions_;
  SignInRepository& sign_ins_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
