#include "booking/handlers/discovery_handlers.hpp"

#include "booking/wire/call_json.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::booking {

using http::error_response;
using identity::Actor;

namespace {

constexpr std::size_t longest_reason = 200;
constexpr std::size_t longest_goals = 2000;
constexpr std::size_t longest_notes = 4000;

/// An optional text; the fault is noted when it is longer.
std::optional<std::string> read_text(json::ObjectReader& body, std::string_view name,
                                     std::size_t most) {
  auto text = body.optional_string(name);
  if (text && characters_in(*text) > most)
    body.refuse(name, "must be at most " + std::to_string(most) + " characters");
  return text;
}

Contact read_contact(json::ObjectReader& body) {
  auto const word = body.string("contact_mode");
  auto const mode = parse_contact_mode(word);
  if (!mode && !word.empty()) body.refuse("contact_mode", "must be " + std::string{contact_modes});
  Contact contact{mode.value_or(ContactMode::zoom), body.string("contact_handle")};
  if (auto const fault = fault_of_handle(contact); fault && mode && !contact.handle.empty())
    body.refuse("contact_handle", std::string{*fault});
  return contact;
}

Result<NewCall> read_call(json::Value const& value) {
  json::ObjectReader body(value);
  NewCall call;
  call.trainer_id = read_id<TrainerId>(body, "trainer_id");
  call.start = read_instant(body, "start");
  call.contact = read_contact(body);
  call.goals = read_text(body, "goals", longest_goals).value_or("");
  call.client_id = read_optional_id<ClientId>(body, "client_id");
  TRY_VOID(body.finish());
  return call;
}

struct Move {
  Instant start;
  std::string reason;
};

Result<Move> read_move(json::Value const& value) {
  json::ObjectReader body(value);
  auto const start = read_instant(body, "start");
  auto reason = read_text(body, "reason", longest_reason);
  TRY_VOID(body.finish());
  return Move{start, std::move(reason).value_or("")};
}

Result<std::string> read_reason(json::Value const& value) {
  json::ObjectReader body(value);
  auto reason = read_text(body, "reason", longest_reason);
  TRY_VOID(body.finish());
  return std::move(reason).value_or("");
}

using OutcomeNotes = std::optional<std::string>;

Result<OutcomeNotes> read_outcome(json::Value const& value) {
  json::ObjectReader body(value);
  auto notes = read_text(body, "outcome_notes", longest_notes);
  TRY_VOID(body.finish());
  return notes;
}

Answer answer_of(DiscoveryCall const& call, int status = 200) {
  return {status, wire::call_answer(call), call.version};
}

Result<std::optional<CallStatus>> read_status(listing::ListQuery const& query) {
  auto const word = query.filter("status");
  if (!word) return std::nullopt;
  auto const status = parse_call_status(*word);
  if (!status)
    return fail(
        listing::invalid_filter("status", "expected confirmed, cancelled, completed or no_show"));
  return status;
}

Result<CallId> call_id(http::Request const& request) {
  return id_of<CallId>(request, "Discovery call");
}

}  // namespace

std::vector<GuardedRoute> DiscoveryHandlers::api_routes() {
  using enum http::Method;
  using enum identity::Permission;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  using Self = DiscoveryHandlers;
  return {
      {http::Method::get, "/discovery-calls", bookings_read, to(&Self::list)},
      {post, "/discovery-calls", bookings_write, to(&Self::book)},
      {http::Method::get, "/discovery-calls/{id}", bookings_read, to(&Self::get)},
      {post, "/discovery-calls/{id}/reschedule", bookings_write, to(&Self::reschedule)},
      {post, "/discovery-calls/{id}/cancel", bookings_write, to(&Self::cancel)},
      {post, "/discovery-calls/{id}/complete", bookings_write, to(&Self::complete)},
      {post, "/discovery-calls/{id}/no-show", bookings_write, to(&Self::report_no_show)},
      {post, "/discovery-calls/{id}/restore", bookings_correct, to(&Self::restore)},
  };
}

Task<http::Response> DiscoveryHandlers::list(Request& request, Actor const& actor) {
  auto const query = listing::ListQuery::read(request, {"status"});
  if (!query) co_return error_response(query.error(), request);
  auto const status = read_status(*query);
  if (!status) co_return error_response(status.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const page = co_await calls_.list(caller, *status, query->limit(), query->offset());
  co_return fresh_answer(wire::calls_answer(page, query->page(page.total)));
}

Task<http::Response> DiscoveryHandlers::get(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return error_response(none.error(), request);
  auto const id = call_id(request);
  if (!id) co_return error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const call = co_await calls_.get(caller, *id);
  if (!call) co_return error_response(call.error(), request);
  co_return fresh_answer(wire::call_answer(*call), call->version);
}

Task<http::Response> DiscoveryHandlers::book(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, NewCall const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const call, co_await calls_.book(command, wanted));
    co_return answer_of(call, 201);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_call, act);
}

Task<http::Response> DiscoveryHandlers::reschedule(Request& request, Actor const& actor) {
  auto const id = call_id(request);
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, Move const& move) -> Task<Result<Answer>> {
    CO_TRY(auto const call, co_await calls_.reschedule(command, *id, move.start, move.reason));
    co_return answer_of(call);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_move, act);
}

Task<http::Response> DiscoveryHandlers::cancel(Request& request, Actor const& actor) {
  auto const id = call_id(request);
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, std::string const& reason) -> Task<Result<Answer>> {
    CO_TRY(auto const call, co_await calls_.cancel(command, *id, reason));
    co_return answer_of(call);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_reason, act);
}

Task<http::Response> DiscoveryHandlers::complete(Request& request, Actor const& actor) {
  auto const id = call_id(request);
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, OutcomeNotes const& notes) -> Task<Result<Answer>> {
    CO_TRY(auto const call, co_await calls_.complete(command, *id, notes));
    co_return answer_of(call);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_outcome, act);
}

Task<http::Response> DiscoveryHandlers::report_no_show(Request& request, Actor const& actor) {
  auto const id = call_id(request);
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY(auto const call, co_await calls_.report_no_show(command, *id));
    co_return answer_of(call);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

Task<http::Response> DiscoveryHandlers::restore(Request& request, Actor const& actor) {
  auto const id = call_id(request);
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY(auto const call, co_await calls_.restore(command, *id));
    co_return answer_of(call);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

}  // namespace insighta::booking
