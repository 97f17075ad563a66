#pragma once

#include "booking/domain/booking_ids.hpp"
#include "platform/clock/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::booking {

/// `missed`: somebody did not come; the booking says who.
enum class SessionStatus : std::uint8_t {
  booked,
  started,
  in_session,
  completed,
  cancelled,
  missed,
};
std::string_view to_string(SessionStatus status);
std::optional<SessionStatus> parse_session_status(std::string_view text);

/// What takes place when a booking's time comes.
struct TrainingSession {
  SessionId id;
  BookingId booking_id;
  SessionStatus status = SessionStatus::booked;
  std::optional<Instant> started_at;
  std::optional<Instant> ended_at;
  std::optional<Instant> trainer_joined_at;
  std::optional<Instant> client_joined_at;
  std::optional<std::string> notes;  ///< health data: its trainer, its client and admins only
  std::int64_t version = 1;
};

}  // namespace insighta::booking
