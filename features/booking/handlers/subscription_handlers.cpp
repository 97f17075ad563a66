#include "booking/handlers/subscription_handlers.hpp"

#include "booking/wire/subscription_json.hpp"
#include "platform/listing/list_query.hpp"
#include "platform/unicode/unicode.hpp"

#include <algorithm>

namespace insighta::booking {

namespace {

using http::Request;
using http::Response;
using identity::Actor;

constexpr std::size_t longest_text = 200;
constexpr std::int64_t largest_delta = 1000;

/// Refuses a text that is too long to be kept.
void check_length(json::ObjectReader& body, std::string_view name, std::string_view text) {
  if (unicode::length(text) > longest_text) body.refuse(name, "must have at most 200 characters");
}

Result<Purchase> purchase(json::Value const& document) {
  json::ObjectReader body(document);
  Purchase wanted;
  wanted.client_id = read_optional_id<ClientId>(body, "client_id");
  wanted.trainer_id = read_id<TrainerId>(body, "trainer_id");
  wanted.plan_id = read_id<PlanId>(body, "plan_id");
  wanted.provider_ref = body.optional_string("provider_ref");
  if (wanted.provider_ref && wanted.provider_ref->empty()) wanted.provider_ref.reset();
  if (wanted.provider_ref) check_length(body, "provider_ref", *wanted.provider_ref);
  // Payments of other providers come through their own door.
  if (body.optional_string("provider").value_or("manual") != "manual")
    body.refuse("provider", "must be manual");
  TRY_VOID(body.finish());
  return wanted;
}

Result<std::string> payment_ref(json::Value const& document) {
  json::ObjectReader body(document);
  auto ref = body.string("provider_ref");
  check_length(body, "provider_ref", ref);
  TRY_VOID(body.finish());
  return ref;
}

Result<Adjustment> adjustment(json::Value const& document) {
  json::ObjectReader body(document);
  Adjustment wanted;
  bool const has_delta = body.optional_value("delta").has_value();
  wanted.delta = static_cast<int>(body.integer("delta", -largest_delta, largest_delta));
  if (has_delta && wanted.delta == 0) body.refuse("delta", "must not be 0");
  wanted.reason = body.string("reason");
  check_length(body, "reason", wanted.reason);
  TRY_VOID(body.finish());
  return wanted;
}

/// The client that an admin asks about.
Result<std::optional<ClientId>> client_of(listing::ListQuery const& query) {
  auto const text = query.filter("client_id");
  if (!text) return std::nullopt;
  auto const id = ClientId::parse(*text);
  if (!id) return fail(listing::invalid_filter("client_id", "expected a UUID"));
  return id;
}

std::span<Subscription const> page_of(std::vector<Subscription> const& all,
                                      listing::ListQuery const& query) {
  auto const total = static_cast<std::int64_t>(all.size());
  auto const from = std::min(query.offset(), total);
  auto const count = std::min(query.limit(), total - from);
  return std::span{all}.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
}

Answer answer_of(Subscription const& subscription, int status = 200) {
  return {status, wire::subscription_answer(subscription), subscription.version};
}

}  // namespace

std::vector<GuardedRoute> SubscriptionHandlers::api_routes() {
  using enum http::Method;
  using enum identity::Permission;
  using Self = SubscriptionHandlers;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {post, "/subscriptions", credits_write, to(&Self::buy)},
      {get, "/subscriptions/me", credits_read, to(&Self::list)},
      {get, "/subscriptions/{id}/ledger", credits_read, to(&Self::ledger)},
      {post, "/subscriptions/{id}/payments", credits_manage, to(&Self::pay)},
      {post, "/subscriptions/{id}/cancel", credits_write, to(&Self::cancel)},
      {post, "/subscriptions/{id}/adjust", credits_manage, to(&Self::adjust)},
  };
}

Task<Response> SubscriptionHandlers::buy(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, Purchase const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const subscription, co_await subscriptions_.buy(command, wanted));
    co_return answer_of(subscription, 201);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, purchase, act);
}

Task<Response> SubscriptionHandlers::list(Request& request, Actor const& actor) {
  auto const query = listing::ListQuery::read(request, {"client_id"});
  if (!query) co_return http::error_response(query.error(), request);
  auto const client = client_of(*query);
  if (!client) co_return http::error_response(client.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const all = co_await subscriptions_.list(caller, *client);
  if (!all) co_return http::error_response(all.error(), request);
  auto const page = query->page(static_cast<std::int64_t>(all->size()));
  co_return fresh_answer(wire::subscriptions_answer(page_of(*all, *query), page));
}

Task<Response> SubscriptionHandlers::ledger(Request& request, Actor const& actor) {
  auto const query = listing::ListQuery::read(request, {});
  if (!query) co_return http::error_response(query.error(), request);
  auto const id = id_of<SubscriptionId>(request, "Subscription");
  if (!id) co_return http::error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const ledger = co_await subscriptions_.ledger(caller, *id, query->limit(), query->offset());
  if (!ledger) co_return http::error_response(ledger.error(), request);
  co_return fresh_answer(wire::ledger_answer(*ledger, query->page(ledger->total)));
}

Task<Response> SubscriptionHandlers::pay(Request& request, Actor const& actor) {
  auto const id = id_of<SubscriptionId>(request, "Subscription");
  if (!id) co_return http::error_response(id.error(), request);
  auto const act = [&](Command const& command, std::string const& ref) -> Task<Result<Answer>> {
    CO_TRY(auto const subscription, co_await subscriptions_.record_payment(command, *id, ref));
    co_return answer_of(subscription);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, payment_ref, act);
}

Task<Response> SubscriptionHandlers::cancel(Request& request, Actor const& actor) {
  auto const id = id_of<SubscriptionId>(request, "Subscription");
  if (!id) co_return http::error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY(auto const subscription, co_await subscriptions_.cancel(command, *id));
    co_return answer_of(subscription);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

Task<Response> SubscriptionHandlers::adjust(Request& request, Actor const& actor) {
  auto const id = id_of<SubscriptionId>(request, "Subscription");
  if (!id) co_return http::error_response(id.error(), request);
  auto const act = [&](Command const& command, Adjustment const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const subscription, co_await subscriptions_.adjust(command, *id, wanted));
    co_return answer_of(subscription);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, adjustment, act);
}

}  // namespace insighta::booking
