#pragma once

#include "identity/domain/user.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// What a new person may.
struct FirstRoles {
  Roles roles;
  bool is_by_default = false;  ///< they end when the person becomes client or trainer
};

struct UserPage {
  std::vector<User> users;
  std::int64_t total = 0;
};

/// Table identity.users.
class UserRepository {
 public:
  explicit UserRepository(postgres::Database& database) : database_(database) {}

  /// Stores a sign-in: a new person with `id` and the `first` roles, or the changed account of a
  /// known one, whose id, roles and activity stay as they are.
  Task<User> upsert(Transaction& tx, UserId id, ProviderAccount const& account,
                    FirstRoles const& first, Instant now);
  /// False when the account is somebody else's.
  Task<bool> link(Transaction& tx, UserId id, ProviderAccount const& account, Instant now);
  Task<std::vector<LinkedIdentity>> identities(UserId id);
  /// The providers of all of them; no other is linked or unlinked until the transaction ends.
  Task<std::vector<std::string>> lock_identities(Transaction& tx, UserId id);
  Task<void> unlink(Transaction& tx, UserId id, std::string_view provider);
  Task<std::optional<User>> find(UserId id);
  Task<std::optional<User>> lock(Transaction& tx, UserId id);
  /// Keeps changes away until the transaction ends, and lets others read.
  Task<std::optional<User>> share(Transaction& tx, UserId id);
  /// The same for the person of a refresh token.
  Task<std::optional<User>> share_of_token(Transaction& tx, std::string_view token_hash);
  /// Locks every active admin, in the order of ids, so that two of them cannot go at once.
  Task<std::vector<UserId>> lock_active_admins(Transaction& tx);
  Task<void> raise_every_epoch(Transaction& tx);
  Task<void> update_access(Transaction& tx, User const& user);
  Task<UserPage> list(std::optional<Role> role, std::optional<std::string> text, std::int64_t limit,
                      std::int64_t offset);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
