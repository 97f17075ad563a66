#pragma once

#include "booking/domain/availability.hpp"
#include "booking/domain/interval.hpp"
#include "booking/domain/party.hpp"
#include "booking/domain/trainer.hpp"
#include "platform/outcome/result.hpp"

#include <chrono>

namespace insighta::booking {

/// What a start asked for is measured by.
struct Offer {
  Trainer const& trainer;
  Availability const& availability;
  std::chrono::minutes length;  ///< of the appointment
};

/// Whether an appointment may begin at `start`, asked at `at`: for clients 422 `TOO_SOON` before
/// the trainer's notice, `TOO_FAR` beyond the horizon, `OUTSIDE_AVAILABILITY` off the starts on
/// offer; whoever else asks may take any time to come (422 `TOO_SOON`). What is booked already is
/// not asked here.
Result<void> check_start(Offer const& offer, Instant start, Party by, Instant at);

}  // namespace insighta::booking
