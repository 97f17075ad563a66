#pragma once

#include "booking/domain/party.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Which client and which trainer a person is.
class CallerRepository {
 public:
  explicit CallerRepository(postgres::Database& database) : database_(database) {}

  /// Everything but is_admin, which the token's rights say.
  Task<Caller> find(UserId user);
  Task<Caller> find(Transaction& tx, UserId user);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
