#pragma once

#include "booking/domain/subscription.hpp"
#include "booking/services/commands.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::booking {

class PlanRepository;

struct NewPlan {
  std::string name;
  int credits = 1;
  std::int64_t price_cents = 0;
  std::string currency;
  PlanPeriod period = PlanPeriod::once;
};

/// What is empty stays. What was bought before keeps its credits.
struct PlanChange {
  std::optional<std::string> name;
  std::optional<int> credits;
  std::optional<std::int64_t> price_cents;
  std::optional<bool> is_active;
};

/// What can be bought. Everybody may look; the route's permission says who may change it.
class PlanService {
 public:
  explicit PlanService(PlanRepository& plans) : plans_(plans) {}

  /// Those that can be bought; 403 for whoever is no admin and wants all.
  Task<Result<std::vector<Plan>>> list(Caller const& caller, bool shows_all);
  /// 409 `PLAN_EXISTS` for a name that is taken; 422 for a name or currency that is none.
  Task<Result<Plan>> add(Command const& command, NewPlan wanted);
  Task<Result<Plan>> change(Command const& command, PlanId id, PlanChange wanted);

 private:
  PlanRepository& plans_;
};

}  // namespace insighta::booking
