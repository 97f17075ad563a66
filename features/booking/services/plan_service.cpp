#include "booking/services/plan_service.hpp"

#include "booking/repositories/plan_repository.hpp"
#include "platform/unicode/unicode.hpp"

#include <algorithm>

namespace insighta::booking {

namespace {

constexpr std::size_t max_name_size = 100;
constexpr std::size_t currency_size = 3;

bool is_name(std::string_view name) {
  return !name.empty() && unicode::length(name) <= max_name_size && name.front() != ' ' &&
         name.back() != ' ' && unicode::is_printable(name);
}

bool is_currency(std::string_view text) {
  return text.size() == currency_size &&
         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<void> check(Plan const& plan) {
  std::vector<FieldError> wrong;
  if (!is_name(plan.name)) wrong.push_back({"name", "must have 1 to 100 printable characters"});
  if (!is_currency(plan.currency))
    wrong.push_back({"currency", "must be three capital letters, like USD"});
  if (wrong.empty()) return {};
  return fail(invalid("The plan cannot be offered like this", std::move(wrong)));
}

}  // namespace

Task<Result<std::vector<Plan>>> PlanService::list(Caller const& caller, bool shows_all) {
  if (shows_all && !caller.is_admin) co_return fail(forbidden("Only admins see every plan"));
  co_return co_await plans_.list(shows_all);
}

Task<Result<Plan>> PlanService::add(Command const& command, NewPlan wanted) {
  Plan const plan{.id = PlanId::make(command.at),
                  .name = std::move(wanted.name),
                  .credits = wanted.credits,
                  .price_cents = wanted.price_cents,
                  .currency = std::move(wanted.currency),
                  .period = wanted.period,
                  .is_active = true,
                  .created_at = std::chrono::floor<std::chrono::seconds>(command.at)};
  CO_TRY_VOID(check(plan));
  CO_TRY_VOID(co_await plans_.insert(command.tx, plan));
  co_return plan;
}

Task<Result<Plan>> PlanService::change(Command const& command, PlanId id, PlanChange wanted) {
  auto const found = co_await plans_.lock(command.tx, id);
  if (!found) co_return fail(not_found("Plan not found"));
  auto plan = *found;
  if (wanted.name) plan.name = *wanted.name;
  if (wanted.credits) plan.credits = *wanted.credits;
  if (wanted.price_cents) plan.price_cents = *wanted.price_cents;
  if (wanted.is_active) plan.is_active = *wanted.is_active;
  CO_TRY_VOID(check(plan));
  CO_TRY_VOID(co_await plans_.update(command.tx, plan));
  co_return plan;
}

}  // namespace insighta::booking
