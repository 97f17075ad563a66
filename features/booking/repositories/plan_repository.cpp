#include "booking/repositories/plan_repository.hpp"

#include "booking/queries.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;

Plan plan_of(Row const& row) {
  auto const period = parse_plan_period(row.get<std::string_view>(5));
  ensure(period.has_value(), "a stored period is a known one");
  return {.id = row.get<PlanId>(0),
          .name = row.get<std::string>(1),
          .credits = static_cast<int>(row.get<std::int64_t>(2)),
          .price_cents = row.get<std::int64_t>(3),
          .currency = row.get<std::string>(4),
          .period = *period,
          .is_active = row.get<bool>(6),
          .created_at = row.get<Instant>(7)};
}

std::optional<Plan> one_of(Rows const& rows) {
  if (rows.is_empty()) return {};
  return plan_of(rows.single());
}

Task<Result<void>> write(Transaction& tx, postgres::Query query, Parameters parameters) {
  try {
    co_await tx.query(query, std::move(parameters));
  } catch (postgres::Failure const& failure) {
    if (failure.constraint() != "plan_name_once") throw;
    co_return fail(conflict("Another plan has this name", "PLAN_EXISTS"));
  }
  co_return Result<void>{};
}

}  // namespace

Task<std::vector<Plan>> PlanRepository::list(bool shows_all) {
  auto const rows = co_await database_.query(queries::list_plans, Parameters(shows_all));
  std::vector<Plan> plans;
  for (auto const& row : rows) plans.push_back(plan_of(row));
  co_return plans;
}

Task<std::optional<Plan>> PlanRepository::find(Transaction& tx, PlanId id) {
  co_return one_of(co_await tx.query(queries::select_plan, Parameters(id)));
}

Task<std::optional<Plan>> PlanRepository::lock(Transaction& tx, PlanId id) {
  co_return one_of(co_await tx.query(queries::lock_plan, Parameters(id)));
}

Task<Result<void>> PlanRepository::insert(Transaction& tx, Plan const& plan) {
  return write(tx, queries::insert_plan,
               Parameters(plan.id, plan.name, std::int32_t{plan.credits},
                          static_cast<std::int32_t>(plan.price_cents), plan.currency,
                          to_string(plan.period), plan.is_active, plan.created_at));
}

Task<Result<void>> PlanRepository::update(Transaction& tx, Plan const& plan) {
  return write(tx, queries::update_plan,
               Parameters(plan.id, plan.name, std::int32_t{plan.credits},
                          static_cast<std::int32_t>(plan.price_cents), plan.is_active));
}

}  // namespace insighta::booking
