#pragma once

#include "booking/domain/party.hpp"
#include "booking/domain/policy.hpp"
#include "platform/clock/clock.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace insighta::booking {

enum class RefundOutcome : std::uint8_t { none, credited, forfeited };
std::string_view to_string(RefundOutcome outcome);
std::optional<RefundOutcome> parse_refund_outcome(std::string_view text);

/// What a cancellation is decided by, and what of it is kept with the booking.
struct RefundDecision {
  std::chrono::microseconds notice{0};  ///< scheduled start - decision instant
  RefundOutcome outcome = RefundOutcome::none;
  bool operator==(RefundDecision const&) const = default;
};

/// The rule of spec booking.md section 5: a client who cancels gets the credit back iff the notice
/// is longer than the window, strictly; anybody else's cancellation always gives it back. Elapsed
/// time, counted to the scheduled start.
RefundDecision decide_refund(Instant scheduled_start, Instant decided_at, Party canceller,
                             std::chrono::microseconds window = policy::refund_window);

/// The instant from which on a client's cancellation costs the credit.
Instant refund_deadline(Instant scheduled_start,
                        std::chrono::microseconds window = policy::refund_window);

/// Why, in a word for machines: `within_12_hours` (for the window of 12 hours), `in_time`,
/// `cancelled_by_trainer`, …
std::string_view refund_reason(RefundDecision const& decision, Party canceller);

}  // namespace insighta::booking
