#pragma once

#include "booking/domain/subscription.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Table booking.plans. A plan is never removed: subscriptions name it.
class PlanRepository {
 public:
  explicit PlanRepository(postgres::Database& database) : database_(database) {}

  /// The cheapest first; with those that cannot be bought any more when `shows_all`.
  Task<std::vector<Plan>> list(bool shows_all);
  Task<std::optional<Plan>> find(Transaction& tx, PlanId id);
  Task<std::optional<Plan>> lock(Transaction& tx, PlanId id);
  /// 409 `PLAN_EXISTS` when another one has the name; so does update().
  Task<Result<void>> insert(Transaction& tx, Plan const& plan);
  /// Stores name, credits, price and whether it can be bought.
  Task<Result<void>> update(Transaction& tx, Plan const& plan);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
