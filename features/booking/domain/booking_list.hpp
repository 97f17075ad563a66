#pragma once

#include "booking/domain/booking.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace insighta::booking {

/// Whose bookings, and which of them.
struct BookingFilter {
  /// Only those in which one of these has a part; everybody's when both are empty.
  std::optional<ClientId> seen_by_client = {};
  std::optional<TrainerId> seen_by_trainer = {};
  std::optional<ClientId> client = {};
  std::optional<TrainerId> trainer = {};
  std::optional<BookingStatus> status = {};
  std::optional<Instant> from = {};  ///< of the start
  std::optional<Instant> to = {};
  bool is_newest_first = false;
};

struct BookingPage {
  std::vector<Booking> bookings;
  std::int64_t total = 0;
};

/// Counts of one status between two instants.
struct BookingStats {
  std::map<BookingStatus, std::int64_t> by_status;
  std::map<RefundOutcome, std::int64_t> by_outcome;
  std::int64_t total = 0;
};

}  // namespace insighta::booking
