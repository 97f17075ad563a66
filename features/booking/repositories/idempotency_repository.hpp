#pragma once

#include "booking/domain/booking_ids.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

struct KeyUse {
  UserId user_id;
  std::string route;
  std::string key;
  std::string request_hash;
};

struct StoredAnswer {
  std::string request_hash;
  int status = 200;
  std::string body;
  std::optional<std::int64_t> version;
};

/// Table booking.idempotency_keys.
class IdempotencyRepository {
 public:
  explicit IdempotencyRepository(postgres::Database& database) : database_(database) {}

  /// Nothing when this is the key's first use: it is taken until the transaction ends. Else the
  /// answer of the first, which is waited for.
  Task<std::optional<StoredAnswer>> take(Transaction& tx, KeyUse const& use, Instant now);
  Task<void> store(Transaction& tx, KeyUse const& use, StoredAnswer const& answer);
  Task<std::int64_t> delete_expired(Instant now);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
