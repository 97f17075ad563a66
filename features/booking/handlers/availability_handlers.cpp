#include "booking/handlers/availability_handlers.hpp"

#include "booking/wire/availability_json.hpp"
#include "platform/listing/list_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace insighta::booking {

namespace {

using http::Request;
using http::Response;
using identity::Actor;

constexpr int last_minute = 1440;

std::optional<LocalDate> read_date(json::ObjectReader& body, std::string_view name) {
  auto const text = body.optional_string(name);
  if (!text) return {};
  auto const date = parse_local_date(*text);
  if (!date) body.refuse(name, "must be a date like 2027-05-10");
  return date;
}

std::optional<int> read_minute(json::ObjectReader& body, std::string_view name) {
  auto const minute = body.optional_integer(name, 0, last_minute);
  if (!minute) return {};
  return static_cast<int>(*minute);
}

Result<AvailabilityRule> read_rule(json::Value const& item, std::string const& path) {
  json::ObjectReader body(item, path);
  AvailabilityRule const rule{
      .weekday = static_cast<int>(body.integer("weekday", 0, 6)),
      .start_min = static_cast<int>(body.integer("start_min", 0, last_minute - 1)),
      .end_min = static_cast<int>(body.integer("end_min", 1, last_minute)),
      .valid_from = read_date(body, "valid_from"),
      .valid_to = read_date(body, "valid_to")};
  TRY_VOID(body.finish());
  return rule;
}

Result<std::vector<AvailabilityRule>> read_rules(json::Value const& document) {
  auto const list = document.find("rules");
  if (!list || list->is_null()) {
    auto missing = bad_request("Missing or empty: rules", "MISSING_FIELD");
    missing.fields = {{"rules", "is required"}};
    return fail(std::move(missing));
  }
  if (!list->is_array())
    return fail(invalid("Invalid: rules", {{"rules", "must be a list of rules"}}));
  std::vector<AvailabilityRule> rules;
  for (auto const& item : list->items()) {
    TRY(auto const rule, read_rule(item, fmt::format("rules[{}]", rules.size())));
    rules.push_back(rule);
  }
  return rules;
}

Result<AvailabilityException> read_exception(json::Value const& document) {
  json::ObjectReader body(document);
  auto const date_text = body.string("date");
  auto const kind_text = body.string("kind");
  auto const date = parse_local_date(date_text);
  if (!date && !date_text.empty()) body.refuse("date", "must be a date like 2027-05-10");
  auto const kind = parse_exception_kind(kind_text);
  if (!kind && !kind_text.empty()) body.refuse("kind", "must be block or open");
  AvailabilityException const exception{.date = date.value_or(LocalDate{}),
                                        .kind = kind.value_or(ExceptionKind::block),
                                        .start_min = read_minute(body, "start_min"),
                                        .end_min = read_minute(body, "end_min")};
  TRY_VOID(body.finish());
  return exception;
}

Result<Interval> read_time_off(json::Value const& document) {
  json::ObjectReader body(document);
  Interval const time{read_instant(body, "start"), read_instant(body, "end")};
  TRY_VOID(body.finish());
  return time;
}

/// The parameters of a query for slots, and what is wrong with them.
class SlotParameters {
 public:
  static Result<SlotQuery> read(Request const& request) {
    SlotParameters parameters;
    TRY(parameters.pairs_, request.query_pairs());
    parameters.check_names();
    SlotQuery query;
    query.window = {parameters.instant("from"), parameters.instant("to")};
    query.time_zone = parameters.text("tz");
    auto const kind = parameters.text("kind").value_or("session");
    query.kind = kind == "discovery" ? SlotKind::discovery : SlotKind::session;
    if (kind != "session" && kind != "discovery")
      parameters.refuse("kind", "expected session or discovery");
    TRY_VOID(parameters.finish());
    return query;
  }

 private:
  void check_names() {
    constexpr std::array<std::string_view, 4> known = {"from", "to", "tz", "kind"};
    std::vector<std::string_view> seen;
    for (auto const& [name, value] : pairs_) {
      if (std::ranges::find(known, name) == known.end())
        refuse(name, "there is no such parameter");
      else if (std::ranges::find(seen, name) != seen.end())
        refuse(name, "expected once");
      seen.push_back(name);
    }
  }

  std::optional<std::string> text(std::string_view name) const {
    auto const value = http::find(pairs_, name);
    if (!value) return {};
    return std::string{*value};
  }

  Instant instant(std::string_view name) {
    auto const value = text(name);
    if (!value || value->empty()) {
      missing_.push_back({std::string{name}, "is required"});
      return {};
    }
    auto const instant = parse_rfc3339(*value);
    if (!instant) refuse(name, "expected an instant like 2027-05-10T18:00:00Z");
    return instant.value_or(Instant{});
  }

  void refuse(std::string_view name, std::string message) {
    wrong_.push_back({std::string{name}, std::move(message)});
  }

  Result<void> finish() {
    if (missing_.empty() && wrong_.empty()) return {};
    if (missing_.empty()) return fail(invalid("Invalid query parameters", std::move(wrong_)));
    auto error = bad_request("Missing query parameters", "MISSING_FIELD");
    error.fields = std::move(missing_);
    error.fields.insert(error.fields.end(), wrong_.begin(), wrong_.end());
    return fail(std::move(error));
  }

  http::Pairs pairs_;
  std::vector<FieldError> missing_;
  std::vector<FieldError> wrong_;
};

}  // namespace

std::vector<GuardedRoute> AvailabilityHandlers::api_routes() {
  using enum http::Method;
  using enum identity::Permission;
  using Handlers = AvailabilityHandlers;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {get, "/trainers/me/availability", availability_write, to(&Handlers::get_mine)},
      {put, "/trainers/me/availability", availability_write, to(&Handlers::replace_rules)},
      {post, "/trainers/me/exceptions", availability_write, to(&Handlers::add_exception)},
      {del, "/trainers/me/exceptions/{id}", availability_write, to(&Handlers::remove_exception)},
      {post, "/trainers/me/time-off", availability_write, to(&Handlers::add_time_off)},
      {del, "/trainers/me/time-off/{id}", availability_write, to(&Handlers::remove_time_off)},
      {get, "/trainers/{id}/slots", trainers_read, to(&Handlers::slots)},
  };
}

Task<Response> AvailabilityHandlers::get_mine(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const own = co_await availability_.mine(caller);
  if (!own) co_return http::error_response(own.error(), request);
  co_return fresh_answer(wire::availability_answer(*own));
}

Task<Response> AvailabilityHandlers::replace_rules(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command,
                       std::vector<AvailabilityRule> const& rules) -> Task<Result<Answer>> {
    CO_TRY(auto const own, co_await availability_.replace_rules(command, rules));
    co_return Answer{200, wire::availability_answer(own)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_rules, act);
}

Task<Response> AvailabilityHandlers::add_exception(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command,
                       AvailabilityException const& exception) -> Task<Result<Answer>> {
    CO_TRY(auto const stored, co_await availability_.add_exception(command, exception));
    co_return Answer{201, wire::exception_answer(stored)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_exception, act);
}

Task<Response> AvailabilityHandlers::remove_exception(Request& request, Actor const& actor) {
  auto const id = id_of<ExceptionId>(request, "Exception");
  if (!id) co_return http::error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY_VOID(co_await availability_.remove_exception(command, *id));
    co_return Answer{204, {}};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

Task<Response> AvailabilityHandlers::add_time_off(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, Interval time) -> Task<Result<Answer>> {
    CO_TRY(auto const time_off, co_await availability_.add_time_off(command, time));
    co_return Answer{201, wire::time_off_answer(time_off)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_time_off, act);
}

Task<Response> AvailabilityHandlers::remove_time_off(Request& request, Actor const& actor) {
  auto const id = id_of<ClaimId>(request, "Time off");
  if (!id) co_return http::error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY_VOID(co_await availability_.remove_time_off(command, *id));
    co_return Answer{204, {}};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

Task<Response> AvailabilityHandlers::slots(Request& request, Actor const&) {
  auto const id = id_of<TrainerId>(request, "Trainer");
  if (!id) co_return http::error_response(id.error(), request);
  auto const query = SlotParameters::read(request);
  if (!query) co_return http::error_response(query.error(), request);
  auto const list = co_await availability_.slots(*id, *query);
  if (!list) co_return http::error_response(list.error(), request);
  co_return fresh_answer(wire::slots_answer(*list));
}

}  // namespace insighta::booking
