#pragma once

#include "identity/domain/audit.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

struct AuditPage {
  std::vector<AuditRecord> records;
  std::int64_t total = 0;
};

/// Table identity.audit: append and read, nothing else.
class AuditRepository {
 public:
  explicit AuditRepository(postgres::Database& database) : database_(database) {}

  Task<void> append(Transaction& tx, AuditEntry const& entry);
  Task<AuditPage> list(AuditFilter const& filter, std::int64_t limit, std::int64_t offset);
  /// The next ones behind `last`, without their total; the newest first.
  Task<std::vector<AuditRecord>> list_before(AuditFilter const& filter,
                                             std::optional<AuditRecord> const& last,
                                             std::int64_t limit);
  /// Blanks where the person was and what they called themselves; the rows stay.
  Task<void> forget(Transaction& tx, UserId person);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
