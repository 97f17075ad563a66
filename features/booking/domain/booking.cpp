#include "booking/domain/booking.hpp"

#include <fmt/format.h>

#include <array>

namespace insighta::booking {

namespace {

constexpr std::array<std::string_view, 5> booking_words = {"confirmed", "cancelled", "completed",
                                                           "no_show_client", "no_show_trainer"};
constexpr std::array<std::string_view, 6> session_words = {"booked",    "started",   "in_session",
                                                           "completed", "cancelled", "missed"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(std::array<std::string_view, N> const& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == text) return static_cast<Enum>(i);
  return {};
}

/// Only a confirmed booking whose time has not come changes by agreement.
Result<void> may_still_change(Booking const& booking, std::string_view what, Instant at) {
  if (booking.status == BookingStatus::cancelled)
    return fail(conflict("The booking was cancelled before", "ALREADY_CANCELLED"));
  if (booking.status != BookingStatus::confirmed)
    return fail(invalid_transition(what, to_string(booking.status)));
  if (at >= booking.time.start)
    return fail(conflict(fmt::format("A booking cannot be {} once its time has come", what),
                         "SESSION_STARTED"));
  if (booking.session_status != SessionStatus::booked)
    return fail(conflict(fmt::format("A booking cannot be {} once its session was started", what),
                         "SESSION_STARTED"));
  return {};
}

bool is_no_show(BookingStatus status) {
  return status == BookingStatus::no_show_client || status == BookingStatus::no_show_trainer;
}

}  // namespace

std::string_view to_string(BookingStatus status) {
  return booking_words[static_cast<std::size_t>(status)];
}

std::optional<BookingStatus> parse_booking_status(std::string_view text) {
  return parse<BookingStatus>(booking_words, text);
}

std::string_view to_string(SessionStatus status) {
  return session_words[static_cast<std::size_t>(status)];
}

std::optional<SessionStatus> parse_session_status(std::string_view text) {
  return parse<SessionStatus>(session_words, text);
}

Error invalid_transition(std::string_view what, std::string_view status) {
  return conflict(fmt::format("This cannot be {}: its status is {}", what, status),
                  "INVALID_TRANSITION");
}

Result<RefundDecision> decide_cancellation(Booking const& booking, Party by, Instant at) {
  TRY_VOID(may_still_change(booking, "cancelled", at));
  return decide_refund(booking.time.start, at, by, booking.refund_window);
}

Result<void> may_reschedule(Booking const& booking, Party by, Instant at) {
  TRY_VOID(may_still_change(booking, "moved", at));
  if (by != Party::client) return {};
  if (booking.time.start - at <= policy::reschedule_lock)
    return fail(
        conflict("A booking can be moved until 12 hours before its start", "RESCHEDULE_LOCKED"));
  if (booking.reschedule_count >= booking.reschedule_limit)
    return fail(conflict(fmt::format("This booking was moved {} times, the most there may be",
                                     booking.reschedule_count),
                         "RESCHEDULE_LIMIT"));
  return {};
}

Result<BookingStatus> decide_no_show(Booking const& booking, TrainingSession const& session,
                                     Party by, Instant at) {
  if (booking.status != BookingStatus::confirmed)
    return fail(invalid_transition("a no-show", to_string(booking.status)));
  if (at < booking.time.start + policy::no_show_after)
    return fail(conflict("An absence counts from 15 minutes after the start", "TOO_EARLY"));
  switch (session.status) {
    case SessionStatus::booked:
      if (by == Party::trainer)
        return fail(forbidden("Its client or an admin reports a session that was never started"));
      return BookingStatus::no_show_trainer;
    case SessionStatus::started:
      if (by == Party::client)
        return fail(forbidden("Its trainer or an admin reports a client who did not come"));
      return BookingStatus::no_show_client;
    default:
      return fail(invalid_transition("a no-show: both were there", to_string(session.status)));
  }
}

BookingStatus close_unattended(TrainingSession const& session) {
  switch (session.status) {
    case SessionStatus::booked:
      return BookingStatus::no_show_trainer;
    case SessionStatus::started:
      return BookingStatus::no_show_client;
    default:
      return BookingStatus::completed;
  }
}

Result<int> decide_correction(Booking const& booking, BookingStatus to, Instant at) {
  bool const is_possible = is_no_show(booking.status) && to != booking.status &&
                           (is_no_show(to) || to == BookingStatus::completed);
  if (!is_possible)
    return fail(invalid_transition(fmt::format("corrected to {}", to_string(to)),
                                   to_string(booking.status)));
  if (!booking.closed_at || at > *booking.closed_at + policy::correction_window)
    return fail(conflict("A no-show can be corrected within 48 hours", "TOO_LATE"));
  if (booking.status == BookingStatus::no_show_trainer) return -1;
  return to == BookingStatus::no_show_trainer ? 1 : 0;
}

SessionStatus session_status_of(BookingStatus status) {
  switch (status) {
    case BookingStatus::confirmed:
      return SessionStatus::booked;
    case BookingStatus::cancelled:
      return SessionStatus::cancelled;
    case BookingStatus::completed:
      return SessionStatus::completed;
    case BookingStatus::no_show_client:
    case BookingStatus::no_show_trainer:
      return SessionStatus::missed;
  }
  return SessionStatus::booked;
}

}  // namespace insighta::booking
