#pragma once

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
  std::string state;  ///< published, signing, retired
  std::string sealed_private_key;
  Instant created_at;
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

  /// Marks a new database as `environment`; gives the mark that it has.
  Task<std::string> claim_environment(std::string_view environment);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
