#pragma once

#include "booking/domain/interval.hpp"
#include "booking/domain/trainer.hpp"
#include "platform/async/task.hpp"

#include <chrono>
#include <map>
#include <vector>

namespace insighta::booking {

class AvailabilityRepository;
class ClaimRepository;

/// Which times of trainers can be booked: what they offer, within their notice and horizon, less
/// what is taken. Nothing of a trainer who is not bookable.
class SlotFinder {
 public:
  SlotFinder(AvailabilityRepository& availability, ClaimRepository& claims)
      : availability_(availability), claims_(claims) {}

  /// Appointments of `length` that start within `window`, in order.
  Task<std::vector<Interval>> find(Trainer const& trainer, Interval const& window,
                                   std::chrono::minutes length, Instant now);
  /// The start of each one's next free session; nothing of those who have none. A few queries,
  /// however many trainers.
  Task<std::map<TrainerId, Instant>> find_next(std::vector<Trainer> const& trainers, Instant now);

 private:
  AvailabilityRepository& availability_;
  ClaimRepository& claims_;
};

}  // namespace insighta::booking
