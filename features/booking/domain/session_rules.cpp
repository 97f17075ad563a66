#include "booking/domain/session_rules.hpp"

#include "booking/domain/policy.hpp"

namespace insighta::booking {

namespace {

std::unexpected<Error> wrong_status(std::string_view what, TrainingSession const& session) {
  return fail(invalid_transition(what, to_string(session.status)));
}

}  // namespace

Result<void> may_start(Booking const& booking, TrainingSession const& session, Party by,
                       Instant at) {
  if (by == Party::client)
    return fail(forbidden("Only its trainer or an administrator can start a session"));
  if (booking.status != BookingStatus::confirmed || session.status != SessionStatus::booked)
    return wrong_status("started", session);
  if (at < booking.time.start - policy::earliest_start)
    return fail(conflict("A session can be started from 15 minutes before its time", "TOO_EARLY"));
  return {};
}

Result<void> may_join(TrainingSession const& session, Party by) {
  if (by != Party::client) return fail(forbidden("Only its client joins a session"));
  if (session.status != SessionStatus::started) return wrong_status("joined", session);
  return {};
}

Result<void> may_complete(TrainingSession const& session, Party by) {
  if (by == Party::client)
    return fail(forbidden("Only its trainer or an administrator can complete a session"));
  if (session.status != SessionStatus::started && session.status != SessionStatus::in_session)
    return wrong_status("completed", session);
  return {};
}

Result<void> may_write_notes(TrainingSession const& session, Party by) {
  if (by != Party::trainer) return fail(forbidden("Only its trainer writes notes on a session"));
  if (session.status != SessionStatus::completed) return wrong_status("given notes", session);
  return {};
}

bool is_unattended(Booking const& booking, Instant now) {
  return booking.status == BookingStatus::confirmed &&
         booking.time.end + policy::sweep_after_end <= now;
}

}  // namespace insighta::booking
