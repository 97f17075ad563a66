#include "identity/services/account_service.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "platform/outcome/ensure.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

std::string text_of(Roles roles) {
  std::string text;
  for (auto const role : roles.list()) {
    if (!text.empty()) text += ' ';
    text += to_string(role);
  }
  return text.empty() ? "none" : text;
}

bool is_active_admin(User const& user) {
  return user.is_active && user.roles.has(Role::admin);
}

}  // namespace

AccountService::AccountService(UserRepository& users, SessionRepository& sessions,
                               SignInRepository& sign_ins, AuditRepository& audit,
                               Transactions& transactions, Clock const& clock)
    : users_(users),
      sessions_(sessions),
      sign_ins_(sign_ins),
      audit_(audit),
      transactions_(transactions),
      clock_(clock) {}

Task<Result<User>> AccountService::me(Actor const& actor) {
  return find(actor.user_id);
}

Task<std::vector<Session>> AccountService::my_sessions(Actor const& actor) {
  return sessions_.list(actor.user_id, clock_.now());
}

Task<Result<void>> AccountService::end_session(Actor const& actor, SessionId session,
                                               Origin const& origin) {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    auto const found = co_await sessions_.lock(tx, session);
    if (!found || found->user_id != actor.user_id || !found->is_live(now))
      co_return fail(not_found("There is no such session"));
    co_await sessions_.revoke(tx, session, "ended_by_user", now);
    co_await audit_.append(
        tx, {.at = now,
             .action = "session_ended",
             .actor = actor.user_id,
             .target = actor.user_id,
             .address = origin.address,
             .request_id = origin.request_id,
             .details = {{"session_id", session.to_string()}, {"client_id", found->client_id}}});
    co_return true;
  };
  auto const done = co_await transactions_.run<bool>(body);
  if (!done) co_return fail(done.error());
  co_return Result<void>{};
}

Task<void> AccountService::end_all_sessions(Actor const& actor, Origin const& origin) {
  // Refused only for people who are not there.
  (void)co_await end_all_of(actor, actor.user_id, "ended_by_user", origin);
}

Task<Result<std::vector<Session>>> AccountService::sessions_of(UserId id) {
  if (!co_await users_.find(id)) co_return fail(not_found("User not found"));
  co_return co_await sessions_.list(id, clock_.now());
}

Task<Result<void>> AccountService::end_sessions_of(Actor const& actor, UserId id,
                                                   Origin const& origin) {
  return end_all_of(actor, id, "ended_by_admin", origin);
}

Task<Result<void>> AccountService::end_all_of(Actor const& actor, UserId id,
                                              std::string_view reason, Origin const& origin) {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await end_ways_in(tx, id, reason, now);
    auto user = co_await users_.lock(tx, id);
    if (!user) co_return fail(not_found("User not found"));
    co_await end_ways_in(tx, id, reason, now);
    user->auth_epoch += 1;
    co_await users_.update_access(tx, *user);
    co_await audit_.append(tx, {.at = now,
                                .action = "all_sessions_ended",
                                .actor = actor.user_id,
                                .target = id,
                                .address = origin.address,
                                .request_id = origin.request_id,
                                .details = {}});
    co_return true;
  };
  auto const done = co_await transactions_.run<bool>(body);
  if (!done) co_return fail(done.error());
  co_return Result<void>{};
}

Task<std::int64_t> AccountService::end_sessions_of_everybody(Actor const& actor,
                                                             Origin const& origin) {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<std::int64_t>> {
    auto ended = co_await sessions_.revoke_everybody(tx, now);
    co_await sign_ins_.delete_everything(tx);
    co_await users_.raise_every_epoch(tx);
    // Again: a code that was being redeemed meanwhile has made its session only now.
    ended += co_await sessions_.revoke_everybody(tx, now);
    co_await audit_.append(tx, {.at = now,
                                .action = "everybody_signed_out",
                                .actor = actor.user_id,
                                .target = {},
                                .address = origin.address,
                                .request_id = origin.request_id,
                                .details = {{"ended", std::to_string(ended)}}});
    co_return ended;
  };
  co_return (co_await transactions_.run<std::int64_t>(body)).value();
}

Task<void> AccountService::end_ways_in(Transaction& tx, UserId id, std::string_view reason,
                                       Instant now) {
  co_await sessions_.revoke_all(tx, id, reason, now);
  co_await sign_ins_.delete_codes(tx, id);
  co_await sign_ins_.delete_browser_sessions(tx, id);
}

Task<std::vector<LinkedIdentity>> AccountService::identities(UserId id) {
  return users_.identities(id);
}

Task<Result<void>> AccountService::unlink(Actor const& actor, std::string_view provider,
                                          Origin const& origin) {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    auto const user = co_await users_.lock(tx, actor.user_id);
    auto const linked = co_await users_.lock_identities(tx, actor.user_id);
    if (!user || std::ranges::find(linked, provider) == linked.end())
      co_return fail(not_found("There is no such account"));
    if (linked.size() == 1)
      co_return fail(conflict("You could not sign in any more", "LAST_IDENTITY"));
    co_await users_.unlink(tx, actor.user_id, provider);
    co_await audit_.append(tx, {.at = now,
                                .action = "identity_unlinked",
                                .actor = actor.user_id,
                                .target = actor.user_id,
                                .address = origin.address,
                                .request_id = origin.request_id,
                                .details = {{"provider", std::string{provider}}}});
    co_return true;
  };
  auto const done = co_await transactions_.run<bool>(body);
  if (!done) co_return fail(done.error());
  co_return Result<void>{};
}

Task<UserList> AccountService::list(std::optional<Role> role, std::optional<std::string> text,
                                    std::int64_t limit, std::int64_t offset) {
  auto page = co_await users_.list(role, std::move(text), limit, offset);
  co_return UserList{.users = std::move(page.users), .total = page.total};
}

Task<Result<User>> AccountService::find(UserId id) {
  auto user = co_await users_.find(id);
  if (!user) co_return fail(not_found("User not found"));
  co_return *std::move(user);
}

Task<Result<User>> AccountService::change_access(Actor const& actor, UserId id,
                                                 AccessChange const& change, Origin const& origin) {
  auto const body = [&](Transaction& tx) -> Task<Result<User>> {
    return change_access_in(tx, actor, id, change, origin);
  };
  co_return co_await transactions_.run<User>(body);
}

Task<Result<User>> AccountService::change_access_in(Transaction& tx, Actor const& actor, UserId id,
                                                    AccessChange const& change,
                                                    Origin const& origin) {
  auto const now = clock_.now();
  bool const deactivates = change.is_active == false;
  if (deactivates) co_await end_ways_in(tx, id, "deactivated", now);
  auto const admins = co_await users_.lock_active_admins(tx);
  auto const found = co_await users_.lock(tx, id);
  if (!found) co_return fail(not_found("User not found"));
  auto user = *found;
  if (change.roles) {
    user.roles = *change.roles;
    user.is_role_by_default = false;
  }
  if (change.is_active) user.is_active = *change.is_active;
  CO_TRY_VOID(keep_an_admin(*found, user, admins));

  if (deactivates) {
    co_await end_ways_in(tx, id, "deactivated", now);
    if (found->is_active) user.auth_epoch += 1;
  }
  co_await users_.update_access(tx, user);
  AuditEntry entry{.at = now,
                   .action = {},
                   .actor = actor.user_id,
                   .target = id,
                   .address = origin.address,
                   .request_id = origin.request_id,
                   .details = {}};
  if (user.roles != found->roles) {
    entry.action = "role_changed";
    entry.details = {{"before", text_of(found->roles)}, {"after", text_of(user.roles)}};
    co_await audit_.append(tx, entry);
  }
  if (user.is_active != found->is_active) {
    entry.action = user.is_active ? "user_activated" : "user_deactivated";
    entry.details = {{"before", found->is_active ? "active" : "deactivated"},
                     {"after", user.is_active ? "active" : "deactivated"}};
    co_await audit_.append(tx, entry);
  }
  co_return user;
}

Task<void> AccountService::grant_role(Transaction& tx, UserId person, Role role,
                                      std::optional<UserId> actor, Origin const& origin,
                                      Instant now) {
  auto const found = co_await users_.lock(tx, person);
  ensure(found.has_value(), "a role was granted to nobody");
  if (found->roles.has(role)) co_return;
  auto user = *found;
  // By default means that the default is all there is: whatever else was given cleared the mark.
  if (user.is_role_by_default) user.roles = {};
  user.is_role_by_default = false;
  user.roles.add(role);
  co_await users_.update_access(tx, user);
  co_await audit_.append(
      tx, {.at = now,
           .action = "role_changed",
           .actor = actor,
           .target = person,
           .address = origin.address,
           .request_id = origin.request_id,
           .details = {{"before", text_of(found->roles)}, {"after", text_of(user.roles)}}});
}

Result<void> AccountService::keep_an_admin(User const& before, std::optional<User> const& after,
                                           std::vector<UserId> const& admins) {
  bool const goes = is_active_admin(before) && !(after && is_active_admin(*after));
  if (goes && admins.size() == 1)
    return fail(conflict("The last active admin cannot go", "LAST_ADMIN"));
  return {};
}

Task<AuditList> AccountService::audit(AuditFilter const& filter, std::int64_t limit,
                                      std::int64_t offset) {
  auto page = co_await audit_.list(filter, limit, offset);
  co_return AuditList{.records = std::move(page.records), .total = page.total};
}

Task<std::vector<AuditRecord>> AccountService::audit_before(
    AuditFilter const& filter, std::optional<AuditRecord> const& last) {
  constexpr std::int64_t piece = 500;
  return audit_.list_before(filter, last, piece);
}

}  // namespace insighta::identity
