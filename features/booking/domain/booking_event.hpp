#pragma once

#include "booking/domain/party.hpp"
#include "platform/clock/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::booking {

/// What just happened, before it is written. `kind` is a word: booked, rescheduled, cancelled,
/// session_started, client_joined, completed, notes_written, no_show, corrected, right_restored.
struct NewEvent {
  std::string kind;
  Author author;
  std::string reason = {};
  Instant at;
};

/// As read back; before and after are JSON objects.
struct BookingEvent {
  std::int64_t number = 1;
  std::string kind;
  std::optional<std::string> before_json;
  std::string after_json;
  std::optional<UserId> actor;
  std::string actor_role;
  std::string reason;
  Instant at;
};

}  // namespace insighta::booking
