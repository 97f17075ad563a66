#pragma once

#include "booking/domain/booking_ids.hpp"
#include "booking/domain/contact.hpp"
#include "booking/domain/interval.hpp"
#include "booking/domain/party.hpp"
#include "booking/domain/refund.hpp"
#include "booking/domain/training_session.hpp"
#include "platform/outcome/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::booking {

enum class BookingStatus : std::uint8_t {
  confirmed,
  cancelled,
  completed,
  no_show_client,
  no_show_trainer,
};
std::string_view to_string(BookingStatus status);
std::optional<BookingStatus> parse_booking_status(std::string_view text);

/// How and when a booking was cancelled, and what it was decided by.
struct Cancellation {
  Party by = Party::client;
  std::string reason;
  std::optional<std::string> notes;  ///< at most 200 characters
  Instant at;
  std::chrono::microseconds notice{0};
};

/// An appointment of a client with a trainer, paid with a credit.
struct Booking {
  BookingId id;
  ClientId client_id;
  TrainerId trainer_id;
  SubscriptionId subscription_id;
  std::optional<CallId> discovery_call_id;
  std::optional<SeriesId> series_id;
  Interval time;
  std::string client_tz;  ///< IANA name, as the client saw it
  Contact contact;
  BookingStatus status = BookingStatus::confirmed;
  int reschedule_count = 0;  ///< the client's own moves
  std::optional<Cancellation> cancellation;
  RefundOutcome refund_outcome = RefundOutcome::none;
  std::chrono::microseconds refund_window = policy::refund_window;  ///< as agreed when booked
  int reschedule_limit = policy::reschedule_limit;
  std::optional<Instant> closed_at;  ///< completed or found to be a no-show
  std::int64_t version = 1;
  Instant created_at;

  SessionId session_id = {};
  SessionStatus session_status = SessionStatus::booked;

  // Of the two, when it was read to be looked at.
  std::optional<std::string> client_name = {};
  std::optional<std::string> trainer_name = {};
};

/// What a cancellation at `at` leads to. 409 `ALREADY_CANCELLED`, `SESSION_STARTED` from the start
/// on or once its trainer has started the session, `INVALID_TRANSITION` for any other status.
Result<RefundDecision> decide_cancellation(Booking const& booking, Party by, Instant at);

/// Whether it may be moved at `at`. Its client: more than 12 hours before the start (409
/// `RESCHEDULE_LOCKED`) and fewer than 3 moves so far (409 `RESCHEDULE_LIMIT`); trainer and admin:
/// any time before the start (409 `SESSION_STARTED`). 409 `ALREADY_CANCELLED`,
/// `INVALID_TRANSITION`.
Result<void> may_reschedule(Booking const& booking, Party by, Instant at);

/// Which no-show a report at `at` makes it. A session that was never started can only be the
/// trainer's; its client or an admin may report that, trainer and admin that the client did not
/// come. 409 `TOO_EARLY` before 15 minutes after the start, `INVALID_TRANSITION`; 403 for the part
/// that may not report what is the case.
Result<BookingStatus> decide_no_show(Booking const& booking, TrainingSession const& session,
                                     Party by, Instant at);

/// What the sweeper makes of a confirmed booking 15 minutes after its end.
BookingStatus close_unattended(TrainingSession const& session);

/// Whether an admin may correct a no-show to `to` at `at`, and by how many credits the balance
/// changes: +1 when a trainer's absence comes to light, -1 when it turns out to be none. 409
/// `INVALID_TRANSITION`; 409 `TOO_LATE` after 48 hours.
Result<int> decide_correction(Booking const& booking, BookingStatus to, Instant at);

/// The session's status that pairs with a closed booking (integrity rule I7).
SessionStatus session_status_of(BookingStatus status);

/// 409 `INVALID_TRANSITION` naming the status that stands in the way.
Error invalid_transition(std::string_view what, std::string_view status);

}  // namespace insighta::booking
