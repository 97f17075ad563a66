#pragma once

#include "identity/domain/ids.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <string>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// Everything of one person, across the tables of this feature.
class PrivacyRepository {
 public:
  explicit PrivacyRepository(postgres::Database& database) : database_(database) {}

  /// One JSON document.
  Task<std::string> collect(UserId person);
  /// Leaves a pseudonym to which bookings and the audit log can refer.
  Task<void> forget(Transaction& tx, UserId person);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
