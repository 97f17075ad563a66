#include "booking/services/subscription_service.hpp"

#include "booking/repositories/plan_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

using Found = Task<Result<Subscription>>;

Decision decision_of(Command const& command) {
  return {command.at, command.actor.user_id};
}

Error exists() {
  return conflict("The client has a subscription with this trainer", "SUBSCRIPTION_EXISTS");
}

Result<void> require_owner(Caller const& caller, Subscription const& subscription) {
  if (caller.is_admin || caller.client_id == subscription.client_id) return {};
  return fail(forbidden("This is the subscription of somebody else"));
}

/// For whom: themselves, or for admins whom they name.
Result<ClientId> buyer_of(Command const& command, Purchase const& wanted) {
  if (!command.caller.is_admin) {
    if (!command.caller.client_id)
      return fail(forbidden("Fill in your client profile before you buy credits"));
    if (wanted.client_id && wanted.client_id != command.caller.client_id)
      return fail(forbidden("Clients buy for themselves"));
    return *command.caller.client_id;
  }
  // An admin's purchase is a payment, which the token must be allowed to record.
  TRY_VOID(command.actor.require(identity::Permission::credits_manage));
  auto missing = bad_request("Say for whom, and what was paid", "MISSING_FIELD");
  if (!wanted.client_id) missing.fields.push_back({"client_id", "is required"});
  if (!wanted.provider_ref) missing.fields.push_back({"provider_ref", "is required"});
  if (!missing.fields.empty()) return fail(std::move(missing));
  return *wanted.client_id;
}

}  // namespace

Found SubscriptionService::buy(Command const& command, Purchase wanted) {
  CO_TRY(auto const client, buyer_of(command, wanted));
  if (client == command.caller.client_id && wanted.trainer_id == command.caller.trainer_id)
    co_return fail(invalid("Nobody trains themselves", {{"trainer_id", "is yourself"}}));
  CO_TRY(auto const plan, co_await plan_on_offer(command, wanted.plan_id));
  Subscription subscription;
  subscription.id = SubscriptionId::make(command.at);
  subscription.client_id = client;
  subscription.trainer_id = wanted.trainer_id;
  subscription.plan_id = plan.id;
  subscription.auto_renew = plan.period == PlanPeriod::month;
  subscription.created_at = std::chrono::floor<std::chrono::seconds>(command.at);
  if (!command.caller.is_admin) co_return co_await ask(command, std::move(subscription));
  co_return co_await buy_paid(command, std::move(subscription), plan, *wanted.provider_ref);
}

Task<Result<Plan>> SubscriptionService::plan_on_offer(Command const& command, PlanId id) {
  auto const plan = co_await plans_.find(command.tx, id);
  if (!plan || !plan->is_active)
    co_return fail(invalid("This plan cannot be bought",
                           {{"plan_id", "must be the id of a plan that can be bought"}}));
  co_return *plan;
}

Found SubscriptionService::ask(Command const& command, Subscription subscription) {
  auto const earlier = co_await subscriptions_.lock_of_pair(command.tx, subscription.client_id,
                                                            subscription.trainer_id, command.at);
  if (earlier) {
    // What is over but not swept yet must not stand in the way.
    auto const settled = co_await subscriptions_.store(command.tx, settle(*earlier, command.at));
    if (settled.is_live()) co_return fail(exists());
  }
  CO_TRY_VOID(co_await subscriptions_.insert(command.tx, subscription));
  co_return subscription;
}

Found SubscriptionService::buy_paid(Command const& command, Subscription subscription,
                                    Plan const& plan, std::string provider_ref) {
  auto const earlier = co_await subscriptions_.lock_of_pair(command.tx, subscription.client_id,
                                                            subscription.trainer_id, command.at);
  if (earlier) {
    auto const settled = co_await subscriptions_.store(command.tx, settle(*earlier, command.at));
    if (settled.is_live())
      co_return co_await pay_live(command, settled, plan, std::move(provider_ref));
  }
  co_return co_await pay_first(command, std::move(subscription), plan, std::move(provider_ref));
}

Found SubscriptionService::pay_first(Command const& command, Subscription subscription,
                                     Plan const& plan, std::string provider_ref) {
  CO_TRY(auto change, pay(std::move(subscription), plan, decision_of(command)));
  change.subscription.provider_ref = provider_ref;
  change.changes_row = false;  // it is inserted as it is
  CO_TRY_VOID(co_await subscriptions_.insert(command.tx, change.subscription));
  CO_TRY_VOID(co_await remember_payment(command, change.subscription, std::move(provider_ref)));
  co_return co_await subscriptions_.store(command.tx, std::move(change));
}

Found SubscriptionService::pay_live(Command const& command, Subscription live, Plan const& plan,
                                    std::string provider_ref) {
  bool const is_first = live.status == SubscriptionStatus::pending;
  bool const fits =
      is_first ? live.plan_id == plan.id : plan.period == PlanPeriod::once && !live.period_end;
  auto change = pay(live, plan, decision_of(command));
  auto const& paid = change ? change->subscription : live;
  CO_TRY_VOID(co_await remember_payment(command, paid, provider_ref));
  if (!fits || !change) co_return fail(exists());
  if (is_first) change->subscription.provider_ref = std::move(provider_ref);
  co_return co_await subscriptions_.store(command.tx, *std::move(change));
}

Found SubscriptionService::record_payment(Command const& command, SubscriptionId id,
                                          std::string provider_ref) {
  if (!command.caller.is_admin) co_return fail(forbidden("Only admins record payments"));
  CO_TRY(auto const found, co_await locked(command, id));
  auto const plan = co_await plans_.find(command.tx, found.plan_id);
  ensure(plan.has_value(), "a subscription's plan is there");
  auto change = pay(found, *plan, decision_of(command));
  auto const& paid = change ? change->subscription : found;
  CO_TRY_VOID(co_await remember_payment(command, paid, provider_ref));
  if (!change) co_return fail(change.error());
  if (found.status == SubscriptionStatus::pending)
    change->subscription.provider_ref = std::move(provider_ref);
  co_return co_await subscriptions_.store(command.tx, *std::move(change));
}

Task<Result<void>> SubscriptionService::remember_payment(Command const& command,
                                                         Subscription const& subscription,
                                                         std::string provider_ref) {
  Payment const payment{.provider = PaymentProvider::manual,
                        .provider_ref = std::move(provider_ref),
                        .subscription_id = subscription.id,
                        .period_no = subscription.period_no,
                        .recorded_by = command.actor.user_id,
                        .at = command.at};
  bool const is_new = co_await subscriptions_.record_payment(command.tx, payment);
  if (!is_new) co_return fail(conflict("This payment was recorded before", "PAYMENT_RECORDED"));
  co_return Result<void>{};
}

Found SubscriptionService::cancel(Command const& command, SubscriptionId id) {
  CO_TRY(auto const found, co_await locked(command, id));
  CO_TRY(auto change, cancel_subscription(found, decision_of(command)));
  co_return co_await subscriptions_.store(command.tx, std::move(change));
}

Found SubscriptionService::adjust(Command const& command, SubscriptionId id, Adjustment wanted) {
  if (!command.caller.is_admin) co_return fail(forbidden("Only admins adjust credits"));
  CO_TRY(auto const found, co_await locked(command, id));
  CO_TRY(auto change,
         adjust_credits(found, wanted.delta, std::move(wanted.reason), decision_of(command)));
  co_return co_await subscriptions_.store(command.tx, std::move(change));
}

Found SubscriptionService::locked(Command const& command, SubscriptionId id) {
  auto const found = co_await subscriptions_.lock(command.tx, id);
  if (!found) co_return fail(not_found("Subscription not found"));
  CO_TRY_VOID(require_owner(command.caller, *found));
  CO_TRY_VOID(command.require_version(found->version));
  co_return *found;
}

Task<Result<std::vector<Subscription>>> SubscriptionService::list(Caller const& caller,
                                                                  std::optional<ClientId> client) {
  auto const wanted = client ? client : caller.client_id;
  if (!wanted) co_return std::vector<Subscription>{};
  if (!caller.is_admin && wanted != caller.client_id)
    co_return fail(forbidden("These are the subscriptions of somebody else"));
  co_return co_await subscriptions_.list_of_client(*wanted);
}

Task<Result<Ledger>> SubscriptionService::ledger(Caller const& caller, SubscriptionId id,
                                                 std::int64_t limit, std::int64_t offset) {
  auto const found = co_await subscriptions_.find(id);
  if (!found) co_return fail(not_found("Subscription not found"));
  CO_TRY_VOID(require_owner(caller, *found));
  auto page = co_await subscriptions_.ledger(id, limit, offset);
  Ledger ledger;
  ledger.total = page.total;
  for (auto& row : page.rows) ledger.lines.push_back({row.id, std::move(row.entry), row.balance});
  co_return ledger;
}

}  // namespace insighta::booking
