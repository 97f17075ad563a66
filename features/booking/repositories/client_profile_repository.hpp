#pragma once

#include "booking/domain/party.hpp"
#include "booking/domain/trainer.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Table booking.clients.
class ClientProfileRepository {
 public:
  explicit ClientProfileRepository(postgres::Database& database) : database_(database) {}

  Task<std::optional<ClientProfile>> find(ClientId id);
  Task<std::optional<ClientProfile>> find_by_user(UserId user);
  /// Makes the profile, or changes the one that the person has; gives it as it is now.
  Task<ClientProfile> upsert(Transaction& tx, ClientProfile const& profile);
  /// Whether the trainer has ever had a call or a booking with the client.
  Task<bool> is_known_to(TrainerId trainer, ClientId client);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
