#pragma once

#include "booking/domain/call_list.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Table booking.discovery_calls.
class DiscoveryRepository {
 public:
  explicit DiscoveryRepository(postgres::Database& database) : database_(database) {}

  Task<std::optional<DiscoveryCall>> find(CallId id);
  Task<CallPage> list(CallFilter const& filter, std::int64_t limit, std::int64_t offset);
  Task<std::optional<DiscoveryCall>> lock(Transaction& tx, CallId id);
  /// Gives the call the names of both. 409 `DISCOVERY_USED` when the pair has had its call.
  Task<Result<void>> insert(Transaction& tx, DiscoveryCall& call);
  /// Stores time, status, moves, outcome, absence and cancellation and raises the version. 409
  /// `DISCOVERY_USED` never: rights are only given back by it.
  Task<void> update(Transaction& tx, DiscoveryCall& call);
  /// The pair's completed call, the newest.
  Task<std::optional<CallId>> find_completed(Transaction& tx, ClientId client, TrainerId trainer);
  /// For the sweeper: confirmed calls that started at or before `started`.
  Task<std::vector<CallId>> list_unclosed(Instant started, std::int64_t limit,
                                          std::int64_t offset = 0);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
