#include "booking/services/session_service.hpp"

#include "booking/domain/policy.hpp"
#include "booking/domain/session_rules.hpp"
#include "booking/repositories/booking_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/event_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/services/credit_service.hpp"
#include "booking/services/sweep.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

/// Bookings that the sweeper asks for at a time.
constexpr std::int64_t batch = 100;

std::unexpected<Error> no_part() {
  return fail(forbidden("You have no part in this booking"));
}

/// What a closed booking says about its credit.
RefundOutcome outcome_of(BookingStatus status) {
  if (status == BookingStatus::no_show_trainer) return RefundOutcome::credited;
  if (status == BookingStatus::no_show_client) return RefundOutcome::forfeited;
  return RefundOutcome::none;
}

}  // namespace

Task<Result<Attendance>> SessionService::get(Caller const& caller, SessionId id) {
  auto session = co_await parts_.bookings.find_session(id);
  if (!session) co_return fail(not_found("Session not found"));
  auto booking = co_await parts_.bookings.find(session->booking_id);
  ensure(booking.has_value(), "a session has its booking");
  if (!caller.part_in(booking->client_id, booking->trainer_id)) co_return no_part();
  co_return Attendance{*std::move(booking), *std::move(session)};
}

Task<Result<Attendance>> SessionService::start(Command const& command, SessionId id) {
  CO_TRY(auto held, co_await hold(command, id));
  auto& attendance = held.attendance;
  CO_TRY_VOID(may_start(attendance.booking, attendance.session, held.by, command.at));
  attendance.session.status = SessionStatus::started;
  attendance.session.started_at = command.at;
  attendance.session.trainer_joined_at = command.at;
  NewEvent const started{
      .kind = "session_started", .author = command.as(held.by), .at = command.at};
  co_await store(command.tx, attendance, started);
  co_return std::move(attendance);
}

Task<Result<Attendance>> SessionService::join(Command const& command, SessionId id) {
  CO_TRY(auto held, co_await hold(command, id));
  auto& attendance = held.attendance;
  CO_TRY_VOID(may_join(attendance.session, held.by));
  attendance.session.status = SessionStatus::in_session;
  attendance.session.client_joined_at = command.at;
  NewEvent const joined{.kind = "client_joined", .author = command.as(held.by), .at = command.at};
  co_await store(command.tx, attendance, joined);
  co_return std::move(attendance);
}

Task<Result<Attendance>> SessionService::complete(Command const& command, SessionId id) {
  CO_TRY(auto held, co_await hold(command, id));
  auto& session = held.attendance.session;
  CO_TRY_VOID(may_complete(session, held.by));
  if (!session.client_joined_at) session.client_joined_at = command.at;
  session.ended_at = command.at;
  NewEvent const completed{.kind = "completed", .author = command.as(held.by), .at = command.at};
  co_await close(command.tx, held, BookingStatus::completed, completed);
  co_return std::move(held.attendance);
}

Task<Result<Attendance>> SessionService::write_notes(Command const& command, SessionId id,
                                                     std::string notes) {
  CO_TRY(auto held, co_await hold(command, id));
  auto& session = held.attendance.session;
  CO_TRY_VOID(may_write_notes(session, held.by));
  session.notes = std::move(notes);
  NewEvent const written{.kind = "notes_written", .author = command.as(held.by), .at = command.at};
  co_await store(command.tx, held.attendance, written);
  co_return std::move(held.attendance);
}

Task<Result<ClosedBooking>> SessionService::report_no_show(Command const& command, BookingId id) {
  CO_TRY(auto held, co_await hold(command, id, Locks::subscription_too));
  auto const& [booking, session] = held.attendance;
  CO_TRY(auto const status, decide_no_show(booking, session, held.by, command.at));
  NewEvent const missed{.kind = "no_show",
                        .author = command.as(held.by),
                        .reason = std::string{to_string(status)},
                        .at = command.at};
  co_await close(command.tx, held, status, missed);
  co_return ClosedBooking{booking, held.subscription->balance};
}

Task<Result<ClosedBooking>> SessionService::correct(Command const& command, BookingId id,
                                                    BookingStatus to) {
  if (!command.caller.is_admin)
    co_return fail(forbidden("Only an administrator corrects an absence"));
  CO_TRY(auto held, co_await hold(command, id, Locks::subscription_too));
  auto& [booking, session] = held.attendance;
  CO_TRY(auto const delta, decide_correction(booking, to, command.at));
  CO_TRY_VOID(co_await balance_correction(command, held, delta));
  booking.status = to;
  booking.refund_outcome = outcome_of(to);
  session.status = session_status_of(to);
  NewEvent const corrected{.kind = "corrected",
                           .author = command.as(Party::admin),
                           .reason = std::string{to_string(to)},
                           .at = command.at};
  co_await store(command.tx, held.attendance, corrected);
  co_return ClosedBooking{booking, held.subscription->balance};
}

Task<Result<void>> SessionService::balance_correction(Command const& command, Held& held,
                                                      int delta) {
  if (delta == 0) co_return Result<void>{};
  auto& tx = command.tx;
  auto const booking = held.attendance.booking.id;
  // The first credit that comes back is a refund; there is one per booking, ever.
  bool const is_refund = delta > 0 && !co_await parts_.subscriptions.has_refund(tx, booking);
  if (!is_refund)
    co_return co_await parts_.credits.correct(tx, *held.subscription, booking, delta, command.at,
                                              command.actor.user_id);
  std::string reason{to_string(BookingStatus::no_show_trainer)};
  co_await parts_.credits.refund(tx, *held.subscription, booking, std::move(reason), command.at,
                                 command.actor.user_id);
  co_return Result<void>{};
}

Task<std::int64_t> SessionService::sweep(Instant now) {
  std::int64_t closed = 0;
  Sweep sweep;
  while (true) {
    auto const due = co_await parts_.bookings.list_unattended(now - policy::sweep_after_end, batch,
                                                              sweep.failures());
    auto const before = closed + sweep.failures();
    for (auto const id : due)
      if (co_await sweep.attempt(close_if_left(id, now))) ++closed;
    // None is due, or another worker did all of them meanwhile and goes on with the rest.
    if (closed + sweep.failures() == before) break;
  }
  sweep.tell();
  co_return closed;
}

Task<bool> SessionService::close_if_left(BookingId id, Instant now) {
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    auto held = co_await lock(tx, id, Locks::subscription_too);
    // Another worker, or somebody who was there, was faster.
    if (!held || !is_unattended(held->attendance.booking, now)) co_return false;
    auto& [booking, session] = held->attendance;
    auto const status = close_unattended(session);
    if (status == BookingStatus::completed) session.ended_at = booking.time.end;
    NewEvent const swept{.kind = status == BookingStatus::completed ? "completed" : "no_show",
                         .author = {},
                         .reason = std::string{to_string(status)},
                         .at = now};
    co_await close(tx, *held, status, swept);
    co_return true;
  };
  co_return (co_await parts_.transactions.run<bool>(body)).value();
}

Task<std::optional<SessionService::Held>> SessionService::lock(Transaction& tx, BookingId id,
                                                               Locks locks) {
  Held held{.attendance = {}, .subscription = {}};
  if (locks == Locks::subscription_too)
    held.subscription = co_await parts_.subscriptions.lock_of_booking(tx, id);
  auto booking = co_await parts_.bookings.lock(tx, id);
  if (!booking) co_return std::nullopt;
  auto session = co_await parts_.bookings.find_session(tx, id);
  ensure(session.has_value(), "a booking has its session");
  ensure(locks == Locks::booking || held.subscription.has_value(),
         "a booking has its subscription");
  held.attendance = {*std::move(booking), *std::move(session)};
  co_return held;
}

Task<Result<SessionService::Held>> SessionService::hold(Command const& command, BookingId id,
                                                        Locks locks) {
  auto held = co_await lock(command.tx, id, locks);
  if (!held) co_return fail(not_found("Booking not found"));
  auto const& booking = held->attendance.booking;
  auto const by = command.caller.part_in(booking.client_id, booking.trainer_id);
  if (!by) co_return no_part();
  // A session carries a version of its own; see the other one.
  if (locks == Locks::subscription_too) CO_TRY_VOID(command.require_version(booking.version));
  held->by = *by;
  co_return *std::move(held);
}

Task<Result<SessionService::Held>> SessionService::hold(Command const& command, SessionId id) {
  auto const session = co_await parts_.bookings.find_session(id);
  if (!session) co_return fail(not_found("Session not found"));
  CO_TRY(auto held, co_await hold(command, session->booking_id, Locks::booking));
  CO_TRY_VOID(command.require_version(held.attendance.session.version));
  co_return held;
}

Task<void> SessionService::store(Transaction& tx, Attendance& attendance, NewEvent const& event) {
  auto& [booking, session] = attendance;
  session.version += 1;
  booking.session_status = session.status;
  // The session first: the booking's update then finds it as it should be.
  co_await parts_.bookings.update_session(tx, session);
  co_await parts_.bookings.update(tx, booking);
  co_await parts_.events.append(tx, booking.id, event);
}

Task<void> SessionService::close(Transaction& tx, Held& held, BookingStatus status,
                                 NewEvent const& event) {
  auto& [booking, session] = held.attendance;
  booking.status = status;
  booking.refund_outcome = outcome_of(status);
  booking.closed_at = event.at;
  session.status = session_status_of(status);
  co_await store(tx, held.attendance, event);
  if (status == BookingStatus::no_show_trainer)
    co_await parts_.credits.refund(tx, *held.subscription, booking.id,
                                   std::string{to_string(status)}, event.at, event.author.user_id);
  co_await parts_.claims.free(tx, booking.id.value);
  co_await parts_.events.remove_reminders(tx, booking.id.value);
}

}  // namespace insighta::booking
