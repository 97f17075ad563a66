#pragma once

#include "identity/domain/client.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// Table identity.clients. Removed ones are not found any more.
class ClientRepository {
 public:
  explicit ClientRepository(postgres::Database& database) : database_(database) {}

  Task<void> upsert_first_party(Client const& client);
  Task<std::optional<Client>> find(std::string_view client_id);
  /// In the order of registration.
  Task<std::vector<Client>> list();

  Task<void> insert(Transaction& tx, Client const& client);
  /// No session is opened for it until the transaction ends.
  Task<std::optional<Client>> lock(Transaction& tx, std::string_view client_id);
  /// Stores name, redirects, scopes and secret.
  Task<void> update(Transaction& tx, Client const& client);
  Task<void> remove(Transaction& tx, std::string_view client_id, Instant now);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
