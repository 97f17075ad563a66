#include "booking/handlers/booking_handlers.hpp"

#include "booking/handlers/booking_requests.hpp"
#include "booking/wire/booking_json.hpp"

namespace insighta::booking {

using http::error_response;
using identity::Actor;

std::vector<GuardedRoute> BookingHandlers::api_routes() {
  using enum http::Method;
  using enum identity::Permission;
  auto const to = [this](auto method) {
    return [this, method](http::Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {post, "/holds", bookings_write, to(&BookingHandlers::hold)},
      {http::Method::get, "/holds/{id}", bookings_read, to(&BookingHandlers::get_hold)},
      {del, "/holds/{id}", bookings_write, to(&BookingHandlers::release)},
      {http::Method::get, "/bookings", bookings_read, to(&BookingHandlers::list)},
      {post, "/bookings", bookings_write, to(&BookingHandlers::book)},
      {post, "/bookings/series", bookings_write, to(&BookingHandlers::book_series)},
      {http::Method::get, "/bookings/stats", bookings_stats, to(&BookingHandlers::stats)},
      {http::Method::get, "/bookings/{id}", bookings_read, to(&BookingHandlers::get)},
      {http::Method::get, "/bookings/{id}/events", bookings_read, to(&BookingHandlers::events)},
      {http::Method::get, "/bookings/{id}/cancellation-preview", bookings_read,
       to(&BookingHandlers::preview)},
      {post, "/bookings/{id}/reschedule", bookings_write, to(&BookingHandlers::reschedule)},
      {post, "/bookings/{id}/cancel", bookings_write, to(&BookingHandlers::cancel)},
  };
}

Task<http::Response> BookingHandlers::hold(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, auto const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const made, co_await holds_.hold(command, wanted));
    co_return Answer{201, wire::hold_answer(made)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_hold, act);
}

Task<http::Response> BookingHandlers::get_hold(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return error_response(none.error(), request);
  auto const id = id_of<ClaimId>(request, "Hold");
  if (!id) co_return error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const found = co_await holds_.get(caller, *id, clock_.now());
  if (!found) co_return error_response(found.error(), request);
  co_return fresh_answer(wire::hold_answer(*found));
}

Task<http::Response> BookingHandlers::release(Request& request, Actor const& actor) {
  auto const id = id_of<ClaimId>(request, "Hold");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, NoWords) -> Task<Result<Answer>> {
    CO_TRY_VOID(co_await holds_.release(command, *id));
    co_return Answer{204, ""};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_no_words, act);
}

Task<http::Response> BookingHandlers::list(Request& request, Actor const& actor) {
  auto const query = listing::ListQuery::read(
      request, {"status", "from", "to", "client_id", "trainer_id", "order"});
  if (!query) co_return error_response(query.error(), request);
  auto const question = read_question(*query);
  if (!question) co_return error_response(question.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const page = co_await bookings_.list(caller, *question, query->limit(), query->offset());
  co_return fresh_answer(wire::bookings_answer(page.bookings, query->page(page.total)));
}

Task<http::Response> BookingHandlers::book(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, auto const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const made, co_await bookings_.book(command, wanted));
    co_return Answer{201, wire::booking_answer(made.booking, made.balance), made.booking.version};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_booking, act);
}

Task<http::Response> BookingHandlers::book_series(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, auto const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const made, co_await bookings_.book_series(command, wanted));
    co_return Answer{201, wire::series_answer(made)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_series, act);
}

Task<http::Response> BookingHandlers::stats(Request& request, Actor const&) {
  auto const window = read_window(request);
  if (!window) co_return error_response(window.error(), request);
  auto const stats = co_await bookings_.stats(window->start, window->end);
  co_return fresh_answer(wire::stats_answer(stats, window->start, window->end));
}

Task<http::Response> BookingHandlers::get(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return error_response(none.error(), request);
  auto const id = id_of<BookingId>(request, "Booking");
  if (!id) co_return error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const booking = co_await bookings_.get(caller, *id);
  if (!booking) co_return error_response(booking.error(), request);
  co_return fresh_answer(wire::booking_answer(*booking), booking->version);
}

Task<http::Response> BookingHandlers::events(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return error_response(none.error(), request);
  auto const id = id_of<BookingId>(request, "Booking");
  if (!id) co_return error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const events = co_await bookings_.events(caller, *id);
  if (!events) co_return error_response(events.error(), request);
  co_return fresh_answer(wire::events_answer(*events));
}

Task<http::Response> BookingHandlers::preview(Request& request, Actor const& actor) {
  auto const now = clock_.now();
  if (auto const none = listing::no_parameters(request); !none)
    co_return error_response(none.error(), request);
  auto const id = id_of<BookingId>(request, "Booking");
  if (!id) co_return error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  auto const preview = co_await changes_.preview(caller, *id, now);
  if (!preview) co_return error_response(preview.error(), request);
  co_return fresh_answer(wire::preview_answer(*preview));
}

Task<http::Response> BookingHandlers::reschedule(Request& request, Actor const& actor) {
  auto const id = id_of<BookingId>(request, "Booking");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, auto const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const moved, co_await changes_.reschedule(command, *id, wanted));
    co_return Answer{200, wire::booking_answer(moved), moved.version};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_new_time, act);
}

Task<http::Response> BookingHandlers::cancel(Request& request, Actor const& actor) {
  auto const id = id_of<BookingId>(request, "Booking");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, auto const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const cancelled, co_await changes_.cancel(command, *id, wanted));
    co_return Answer{200, wire::cancellation_answer(cancelled), cancelled.booking.version};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_cancellation, act);
}

}  // namespace insighta::booking
