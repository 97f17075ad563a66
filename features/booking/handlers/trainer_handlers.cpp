#include "booking/handlers/trainer_handlers.hpp"

#include "booking/wire/trainer_json.hpp"
#include "platform/listing/list_query.hpp"

#include <algorithm>
#include <limits>

namespace insighta::booking {

namespace {

using http::Request;
using http::Response;
using identity::Actor;

constexpr std::string_view a_trainer = "Trainer";

/// Any number, the far ones at the end of what fits; whether it is possible is the domain's
/// business.
std::optional<int> read_number(json::ObjectReader& body, std::string_view name) {
  using Wide = std::numeric_limits<std::int64_t>;
  auto const number = body.optional_integer(name, Wide::min(), Wide::max());
  if (!number) return {};
  using Narrow = std::numeric_limits<int>;
  return static_cast<int>(std::clamp<std::int64_t>(*number, Narrow::min(), Narrow::max()));
}

std::optional<std::vector<std::string>> read_words(json::ObjectReader& body,
                                                   std::string_view name) {
  auto const list = body.optional_value(name);
  if (!list || list->is_null()) return {};
  std::vector<std::string> words;
  bool is_good = list->is_array();
  for (auto const& item : list->items()) {
    is_good = is_good && item.is_string();
    words.emplace_back(item.as_string().value_or(""));
  }
  if (!is_good) body.refuse(name, "must be a list of words");
  return words;
}

/// All but the time zone, which an application needs and a change does not.
TermsChange read_terms(json::ObjectReader& body) {
  return {.session_minutes = read_number(body, "session_minutes"),
          .slot_step = read_number(body, "slot_step"),
          .gap_minutes = read_number(body, "gap_minutes"),
          .min_notice_minutes = read_number(body, "min_notice_minutes"),
          .max_advance_days = read_number(body, "max_advance_days"),
          .bio = body.optional_string("bio"),
          .specialisations = read_words(body, "specialisations")};
}

Result<TermsChange> read_application(json::Value const& document) {
  json::ObjectReader body(document);
  auto terms = read_terms(body);
  terms.time_zone = body.string("time_zone");
  TRY_VOID(body.finish());
  return terms;
}

Result<TrainerChange> read_change(json::Value const& document) {
  json::ObjectReader body(document);
  TrainerChange change{.terms = read_terms(body),
                       .is_available = body.optional_bool("is_available")};
  change.terms.time_zone = body.optional_string("time_zone");
  TRY_VOID(body.finish());
  return change;
}

Result<TrainerChoice> read_choice(listing::ListQuery const& query) {
  TrainerChoice choice{.specialisation = query.filter("specialisation"), .onboarding = {}};
  if (choice.specialisation && !is_known_specialisation(*choice.specialisation))
    return fail(listing::invalid_filter("specialisation", "there is no such specialisation"));
  if (auto const word = query.filter("onboarding")) {
    choice.onboarding = parse_onboarding(*word);
    if (!choice.onboarding)
      return fail(listing::invalid_filter("onboarding",
                                          "expected pending, approved, rejected or suspended"));
  }
  return choice;
}

/// `me` is the caller's own.
Result<TrainerId> id_for(Request const& request, Caller const& caller) {
  if (request.parameter("id") != "me") return id_of<TrainerId>(request, a_trainer);
  if (caller.trainer_id) return *caller.trainer_id;
  return fail(not_found("You are no trainer"));
}

}  // namespace

std::vector<GuardedRoute> TrainerHandlers::api_routes() {
  using enum http::Method;
  using enum identity::Permission;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {get, "/trainers", trainers_read, to(&TrainerHandlers::list)},
      {post, "/trainers", account_write, to(&TrainerHandlers::apply)},
      {get, "/trainers/{id}", trainers_read, to(&TrainerHandlers::get)},
      {patch, "/trainers/{id}", trainers_write, to(&TrainerHandlers::change)},
      {post, "/trainers/{id}/approve", trainers_approve, to(&TrainerHandlers::approve)},
      {post, "/trainers/{id}/reject", trainers_approve, to(&TrainerHandlers::reject)},
      {post, "/trainers/{id}/suspend", trainers_approve, to(&TrainerHandlers::suspend)},
  };
}

Task<Response> TrainerHandlers::list(Request& request, Actor const& actor) {
  auto const query = listing::ListQuery::read(request, {"specialisation", "onboarding"});
  if (!query) co_return http::error_response(query.error(), request);
  auto const choice = read_choice(*query);
  if (!choice) co_return http::error_response(choice.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const list = co_await trainers_.list(caller, *choice, query->limit(), query->offset());
  co_return fresh_answer(wire::trainers_answer(list, query->page(list.total)));
}

Task<Response> TrainerHandlers::apply(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, TermsChange const& terms) -> Task<Result<Answer>> {
    CO_TRY(auto const trainer, co_await trainers_.apply(command, terms));
    co_return Answer{201, wire::trainer_answer(trainer), trainer.version};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_application, act);
}

Task<Response> TrainerHandlers::get(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const id = id_for(request, caller);
  if (!id) co_return http::error_response(id.error(), request);
  auto const listed = co_await trainers_.get(caller, *id);
  if (!listed) co_return http::error_response(listed.error(), request);
  co_return fresh_answer(wire::trainer_answer(*listed), listed->trainer.version);
}

Task<Response> TrainerHandlers::change(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command,
                       TrainerChange const& change) -> Task<Result<Answer>> {
    CO_TRY(auto const id, id_for(request, command.caller));
    CO_TRY(auto const trainer, co_await trainers_.change(command, id, change));
    co_return Answer{200, wire::trainer_answer(trainer), trainer.version};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_change, act);
}

Task<Response> TrainerHandlers::approve(Request& request, Actor const& actor) {
  return decide(request, actor, Onboarding::approved);
}

Task<Response> TrainerHandlers::reject(Request& request, Actor const& actor) {
  return decide(request, actor, Onboarding::rejected);
}

Task<Response> TrainerHandlers::suspend(Request& request, Actor const& actor) {
  return decide(request, actor, Onboarding::suspended);
}

Task<Response> TrainerHandlers::decide(Request& request, Actor const& actor, Onboarding to) {
  auto const id = id_of<TrainerId>(request, a_trainer);
  if (!id) co_return http::error_response(id.error(), request);
  auto const origin = origin_of(request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY(auto const trainer, co_await trainers_.decide(command, *id, to, origin));
    co_return Answer{200, wire::trainer_answer(trainer), trainer.version};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

}  // namespace insighta::booking
