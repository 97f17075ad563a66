#include "identity/repositories/user_repository.hpp"

#include "identity/queries.hpp"
#include "identity/repositories/words.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;
using Text = std::optional<std::string>;

User user_of(Row const& row) {
  return {.id = row.get<UserId>(0),
          .account = {.provider = row.get<std::string>(1),
                      .subject = row.get<std::string>(2),
                      .login = row.get<std::string>(3),
                      .display_name = row.get<Text>(4),
                      .email = row.get<Text>(5),
                      .avatar_url = row.get<Text>(6)},
          .roles = roles_of(row.get<std::vector<std::string>>(7)),
          .is_active = row.get<bool>(8),
          .auth_epoch = row.get<std::int64_t>(9),
          .last_login_at = row.get<std::optional<Instant>>(10),
          .created_at = row.get<Instant>(11),
          .is_role_by_default = row.get<bool>(12)};
}

std::optional<User> one_of(Rows const& rows) {
  if (rows.is_empty()) return {};
  return user_of(rows.single());
}

}  // namespace

Task<User> UserRepository::upsert(Transaction& tx, UserId id, ProviderAccount const& account,
                                  FirstRoles const& first, Instant now) {
  auto const known =
      co_await tx.query(queries::select_identity, Parameters(account.provider, account.subject));
  auto const rows =
      known.is_empty()
          ? co_await tx.query(queries::upsert_user,
                              Parameters(id, account.provider, account.subject, account.login,
                                         account.display_name, account.email, account.avatar_url,
                                         words_of(first.roles), first.is_by_default, now))
          : co_await tx.query(
                queries::update_signed_in_user,
                Parameters(known.single().get<UserId>(0), now, account.provider, account.subject,
                           account.login, account.display_name, account.email, account.avatar_url));
  auto user = user_of(rows.single());
  ensure(co_await link(tx, user.id, account, now), "an account became somebody else's meanwhile");
  co_return user;
}

Task<bool> UserRepository::link(Transaction& tx, UserId id, ProviderAccount const& account,
                                Instant now) {
  auto const rows =
      co_await tx.query(queries::insert_identity,
                        Parameters(account.provider, account.subject, id, account.login, now));
  co_return rows.affected() == 1;
}

Task<std::vector<LinkedIdentity>> UserRepository::identities(UserId id) {
  auto const rows = co_await database_.query(queries::select_identities, Parameters(id));
  std::vector<LinkedIdentity> identities;
  for (auto const& row : rows)
    identities.push_back({.provider = row.get<std::string>(0),
                          .subject = row.get<std::string>(1),
                          .login = row.get<std::string>(2),
                          .linked_at = row.get<Instant>(3)});
  co_return identities;
}

Task<std::vector<std::string>> UserRepository::lock_identities(Transaction& tx, UserId id) {
  auto const rows = co_await tx.query(queries::lock_identities, Parameters(id));
  std::vector<std::string> providers;
  for (auto const& row : rows) providers.push_back(row.get<std::string>(0));
  co_return providers;
}

Task<void> UserRepository::unlink(Transaction& tx, UserId id, std::string_view provider) {
  co_await tx.query(queries::delete_identity, Parameters(id, provider));
  co_await tx.query(queries::adopt_identity, Parameters(id));
}

Task<std::optional<User>> UserRepository::find(UserId id) {
  co_return one_of(co_await database_.query(queries::select_user, Parameters(id)));
}

Task<std::optional<User>> UserRepository::lock(Transaction& tx, UserId id) {
  co_return one_of(co_await tx.query(queries::lock_user, Parameters(id)));
}

Task<std::optional<User>> UserRepository::share(Transaction& tx, UserId id) {
  co_return one_of(co_await tx.query(queries::share_user, Parameters(id)));
}

Task<std::optional<User>> UserRepository::share_of_token(Transaction& tx,
                                                         std::string_view token_hash) {
  co_return one_of(
      co_await tx.query(queries::share_user_of_token, Parameters(postgres::Bytes{token_hash})));
}

Task<std::vector<UserId>> UserRepository::lock_active_admins(Transaction& tx) {
  auto const rows = co_await tx.query(queries::lock_active_admins);
  std::vector<UserId> ids;
  for (auto const& row : rows) ids.push_back(row.get<UserId>(0));
  co_return ids;
}

Task<void> UserRepository::raise_every_epoch(Transaction& tx) {
  co_await tx.query(queries::raise_every_epoch);
}

Task<void> UserRepository::update_access(Transaction& tx, User const& user) {
  co_await tx.query(
      queries::update_user_access,
      Parameters(user.id, words_of(user.roles), user.is_active,
                 static_cast<std::int32_t>(user.auth_epoch), user.is_role_by_default));
}

Task<UserPage> UserRepository::list(std::optional<Role> role, std::optional<std::string> text,
                                    std::int64_t limit, std::int64_t offset) {
  Text role_word;
  if (role) role_word = std::string{to_string(*role)};
  auto const rows =
      co_await database_.query(queries::select_users, Parameters(role_word, text, limit, offset));
  UserPage page;
  for (auto const& row : rows) {
    page.users.push_back(user_of(row));
    page.total = row.get<std::int64_t>(13);
  }
  // Past the end no row carries the total.
  if (rows.is_empty() && offset > 0) page.total = (co_await list(role, text, 1, 0)).total;
  co_return page;
}

}  // namespace insighta::identity
