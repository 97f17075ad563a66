#pragma once

#include "identity/domain/consent.hpp"
#include "identity/domain/ids.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// Table identity.consents.
class ConsentRepository {
 public:
  explicit ConsentRepository(postgres::Database& database) : database_(database) {}

  /// Adds to what the person has allowed before.
  Task<void> add(Transaction& tx, UserId user, std::string_view client_id,
                 std::vector<Scope> const& scopes, Instant now);
  /// Nothing when there is no consent at all.
  Task<std::optional<std::vector<Scope>>> find(UserId user, std::string_view client_id);
  Task<std::vector<ConnectedApp>> list(UserId user);
  /// Whether there was one.
  Task<bool> remove(Transaction& tx, UserId user, std::string_view client_id);
  Task<void> remove_all(Transaction& tx, std::string_view client_id);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
