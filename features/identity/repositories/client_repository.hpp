#pragma once

#include "identity/domain/client.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <string>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// Table identity.clients.
class ClientRepository {
 public:
  explicit ClientRepository(postgres::Database& database) : database_(database) {}

  Task<void> upsert_first_party(Client const& client, Instant now);
  Task<std::optional<Client>> find(std::string_view client_id);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
