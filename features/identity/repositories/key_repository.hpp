#pragma once

#include "identity/domain/signing_key.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <string>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// A signing key as stored: sealed under the key encryption key, which the database never sees.
struct StoredKey {
  std::string kid;
  KeyState state = KeyState::published;
  std::string sealed_private_key;
  Instant since;  ///< in this state
};

/// Table identity.signing_keys, and the environment that the database belongs to.
class KeyRepository {
 public:
  explicit KeyRepository(postgres::Database& database) : database_(database) {}

  /// Replicas that start together take turns.
  Task<void> lock(Transaction& tx);
  Task<std::vector<StoredKey>> list(Transaction& tx);
  Task<std::vector<StoredKey>> list();
  Task<void> insert(Transaction& tx, StoredKey const& key);
  Task<void> change_state(Transaction& tx, std::string_view kid, KeyState state, Instant now);
  Task<void> remove(Transaction& tx, std::string_view kid);
  Task<void> remove_all(Transaction& tx);

  /// Marks a new database as `environment`; gives the mark that it has.
  Task<std::string> claim_environment(std::string_view environment);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
