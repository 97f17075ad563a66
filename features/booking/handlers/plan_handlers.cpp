#include "booking/handlers/plan_handlers.hpp"

#include "booking/wire/plan_json.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::booking {

namespace {

using http::Request;
using http::Response;
using identity::Actor;

constexpr std::int64_t max_credits = 1000;
constexpr std::int64_t max_price_cents = 100'000'000;

Result<bool> wants_all(Request const& request) {
  TRY(auto const pairs, request.query_pairs());
  for (auto const& [name, value] : pairs) {
    if (name != "all") return fail(listing::invalid_filter(name, "there is no such parameter"));
    if (value != "true" && value != "false")
      return fail(listing::invalid_filter(name, "expected true or false"));
  }
  if (pairs.size() > 1) return fail(listing::invalid_filter("all", "expected once"));
  return http::find(pairs, "all") == "true";
}

Result<NewPlan> new_plan(json::Value const& document) {
  json::ObjectReader body(document);
  NewPlan wanted;
  wanted.name = body.string("name");
  wanted.credits = static_cast<int>(body.integer("credits", 1, max_credits));
  wanted.price_cents = body.integer("price_cents", 0, max_price_cents);
  wanted.currency = body.string("currency");
  auto const word = body.string("period");
  auto const period = parse_plan_period(word);
  if (!period && !word.empty()) body.refuse("period", "must be once or month");
  wanted.period = period.value_or(PlanPeriod::once);
  TRY_VOID(body.finish());
  return wanted;
}

Result<PlanChange> plan_change(json::Value const& document) {
  json::ObjectReader body(document);
  PlanChange change;
  change.name = body.optional_string("name");
  if (auto const credits = body.optional_integer("credits", 1, max_credits))
    change.credits = static_cast<int>(*credits);
  change.price_cents = body.optional_integer("price_cents", 0, max_price_cents);
  change.is_active = body.optional_bool("is_active");
  TRY_VOID(body.finish());
  if (!change.name && !change.credits && !change.price_cents && !change.is_active)
    return fail(bad_request("Expected name, credits, price_cents or is_active"));
  return change;
}

}  // namespace

std::vector<GuardedRoute> PlanHandlers::api_routes() {
  using enum http::Method;
  using enum identity::Permission;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {get, "/plans", trainers_read, to(&PlanHandlers::list)},
      {post, "/plans", credits_manage, to(&PlanHandlers::add)},
      {patch, "/plans/{id}", credits_manage, to(&PlanHandlers::change)},
  };
}

Task<Response> PlanHandlers::list(Request& request, Actor const& actor) {
  auto const shows_all = wants_all(request);
  if (!shows_all) co_return http::error_response(shows_all.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const plans = co_await plans_.list(caller, *shows_all);
  if (!plans) co_return http::error_response(plans.error(), request);
  co_return fresh_answer(wire::plans_answer(*plans));
}

Task<Response> PlanHandlers::add(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, NewPlan const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const plan, co_await plans_.add(command, wanted));
    co_return Answer{201, wire::plan_answer(plan)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, new_plan, act);
}

Task<Response> PlanHandlers::change(Request& request, Actor const& actor) {
  auto const id = id_of<PlanId>(request, "Plan");
  if (!id) co_return http::error_response(id.error(), request);
  auto const act = [&](Command const& command, PlanChange const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const plan, co_await plans_.change(command, *id, wanted));
    co_return Answer{200, wire::plan_answer(plan)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, plan_change, act);
}

}  // namespace insighta::booking
