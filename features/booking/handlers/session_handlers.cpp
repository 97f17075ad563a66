#include "booking/handlers/session_handlers.hpp"

#include "booking/wire/booking_json.hpp"
#include "booking/wire/session_json.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::booking {

using http::error_response;
using identity::Actor;

namespace {

constexpr std::size_t longest_notes = 4000;

Result<std::string> read_notes(json::Value const& value) {
  json::ObjectReader body(value);
  auto notes = body.string("notes");
  if (characters_in(notes) > longest_notes) body.refuse("notes", "must be at most 4000 characters");
  TRY_VOID(body.finish());
  return notes;
}

/// What an absence can be corrected to.
Result<BookingStatus> read_correction(json::Value const& value) {
  json::ObjectReader body(value);
  auto const word = body.string("to");
  auto const status = parse_booking_status(word);
  bool const is_possible = status == BookingStatus::completed ||
                           status == BookingStatus::no_show_client ||
                           status == BookingStatus::no_show_trainer;
  if (!word.empty() && !is_possible)
    body.refuse("to", "must be completed, no_show_client or no_show_trainer");
  TRY_VOID(body.finish());
  return *status;
}

Answer answer_of(Attendance const& attendance) {
  return {200, wire::session_answer(attendance), attendance.session.version};
}

Answer answer_of(ClosedBooking const& closed) {
  return {200, wire::booking_answer(closed.booking, closed.balance), closed.booking.version};
}

}  // namespace

std::vector<GuardedRoute> SessionHandlers::api_routes() {
  using enum http::Method;
  using enum identity::Permission;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  using Self = SessionHandlers;
  return {
      {http::Method::get, "/sessions/{id}", bookings_read, to(&Self::get)},
      {post, "/sessions/{id}/start", bookings_write, to(&Self::start)},
      {post, "/sessions/{id}/join", bookings_write, to(&Self::join)},
      {post, "/sessions/{id}/complete", bookings_write, to(&Self::complete)},
      {put, "/sessions/{id}/notes", bookings_write, to(&Self::write_notes)},
      {post, "/bookings/{id}/no-show", bookings_write, to(&Self::report_no_show)},
      {post, "/bookings/{id}/correct", bookings_correct, to(&Self::correct)},
  };
}

Task<http::Response> SessionHandlers::get(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return error_response(none.error(), request);
  auto const id = id_of<SessionId>(request, "Session");
  if (!id) co_return error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const found = co_await sessions_.get(caller, *id);
  if (!found) co_return error_response(found.error(), request);
  co_return fresh_answer(wire::session_answer(*found), found->session.version);
}

Task<http::Response> SessionHandlers::start(Request& request, Actor const& actor) {
  return step(request, actor, &SessionService::start);
}

Task<http::Response> SessionHandlers::join(Request& request, Actor const& actor) {
  return step(request, actor, &SessionService::join);
}

Task<http::Response> SessionHandlers::complete(Request& request, Actor const& actor) {
  return step(request, actor, &SessionService::complete);
}

Task<http::Response> SessionHandlers::write_notes(Request& request, Actor const& actor) {
  auto const id = id_of<SessionId>(request, "Session");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, std::string const& notes) -> Task<Result<Answer>> {
    CO_TRY(auto const attendance, co_await sessions_.write_notes(command, *id, notes));
    co_return answer_of(attendance);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_notes, act);
}

Task<http::Response> SessionHandlers::report_no_show(Request& request, Actor const& actor) {
  auto const id = id_of<BookingId>(request, "Booking");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY(auto const closed, co_await sessions_.report_no_show(command, *id));
    co_return answer_of(closed);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

Task<http::Response> SessionHandlers::correct(Request& request, Actor const& actor) {
  auto const id = id_of<BookingId>(request, "Booking");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, BookingStatus to) -> Task<Result<Answer>> {
    CO_TRY(auto const closed, co_await sessions_.correct(command, *id, to));
    co_return answer_of(closed);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_correction, act);
}

Task<http::Response> SessionHandlers::step(
    Request& request, Actor const& actor,
    Task<Result<Attendance>> (SessionService::*step)(Command const&, SessionId)) {
  auto const id = id_of<SessionId>(request, "Session");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY(auto const attendance, co_await (sessions_.*step)(command, *id));
    co_return answer_of(attendance);
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

}  // namespace insighta::booking
