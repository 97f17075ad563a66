#pragma once

#include "booking/domain/availability.hpp"
#include "booking/services/commands.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace insighta::booking {

class AvailabilityRepository;
class ClaimRepository;
class SlotFinder;
class TrainerRepository;

/// When a trainer works, as the trainer sees it; what is over is left out.
struct OwnAvailability {
  std::string time_zone;
  std::vector<AvailabilityRule> rules;
  std::vector<StoredException> exceptions;
  std::vector<TimeOff> time_off;
};

enum class SlotKind : std::uint8_t { session, discovery };

struct SlotQuery {
  Interval window;  ///< of the start
  SlotKind kind = SlotKind::session;
  std::optional<std::string> time_zone = {};  ///< that they are shown in; else the trainer's
};

struct SlotList {
  std::vector<Interval> slots;
  TimeZone zone;
};

/// Trainers' own working times, and the slots that follow from them. What a trainer does is refused
/// with 403 to somebody who is none.
class AvailabilityService {
 public:
  AvailabilityService(TrainerRepository& trainers, AvailabilityRepository& availability,
                      ClaimRepository& claims, SlotFinder& slots, Clock const& clock)
      : trainers_(trainers),
        availability_(availability),
        claims_(claims),
        slots_(slots),
        clock_(clock) {}

  Task<Result<OwnAvailability>> mine(Caller const& caller);
  /// All rules at once. 422 naming those that are wrong or overlap. Appointments stay.
  Task<Result<OwnAvailability>> replace_rules(Command const& command,
                                              std::vector<AvailabilityRule> rules);
  /// 422 for impossible minutes. Appointments of the date stay.
  Task<Result<StoredException>> add_exception(Command const& command,
                                              AvailabilityException const& exception);
  Task<Result<void>> remove_exception(Command const& command, ExceptionId id);
  /// 5 minutes to 60 days that end in the future (422). Over anything that has the time: 409
  /// `SLOT_TAKEN` with a field for each, named by its kind, saying its id and start.
  Task<Result<TimeOff>> add_time_off(Command const& command, Interval const& time);
  Task<Result<void>> remove_time_off(Command const& command, ClaimId id);

  /// For everybody. 404 for no trainer; nothing of one who is not bookable. 422 for a window that
  /// is no window or longer than 62 days, or an unknown zone.
  Task<Result<SlotList>> slots(TrainerId id, SlotQuery const& query);

 private:
  Task<OwnAvailability> whole(TrainerId id, std::string time_zone,
                              std::vector<AvailabilityRule> rules, Instant now);

  TrainerRepository& trainers_;
  AvailabilityRepository& availability_;
  ClaimRepository& claims_;
  SlotFinder& slots_;
  Clock const& clock_;
};

}  // namespace insighta::booking
