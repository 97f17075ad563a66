#pragma once

#include "booking/domain/trainer.hpp"
#include "booking/services/commands.hpp"
#include "identity/domain/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::identity {
class AccountService;
}

namespace insighta::booking {

class SlotFinder;
class TrainerRepository;

/// What a trainer or an admin changes; what is empty stays.
struct TrainerChange {
  TermsChange terms = {};
  std::optional<bool> is_available = {};
};

struct ListedTrainer {
  Trainer trainer;
  std::optional<Instant> next_slot;  ///< the next free session
};

struct TrainerList {
  std::vector<ListedTrainer> trainers;
  std::int64_t total = 0;
};

struct TrainerChoice {
  std::optional<std::string> specialisation = {};
  std::optional<Onboarding> onboarding = {};
};

/// How people become trainers, how trainers work, and who sees which of them.
class TrainerService {
 public:
  TrainerService(TrainerRepository& trainers, SlotFinder& slots, identity::AccountService& accounts,
                 Clock const& clock)
      : trainers_(trainers), slots_(slots), accounts_(accounts), clock_(clock) {}

  /// Anybody, once: 409 `TRAINER_EXISTS`. Pending until an admin decides. 422 for wrong terms.
  Task<Result<Trainer>> apply(Command const& command, TermsChange const& terms);
  /// That trainer or an admin (403). Appointments that exist keep their times. 409
  /// `INVALID_TRANSITION` when somebody who is not approved is to be available.
  Task<Result<Trainer>> change(Command const& command, TrainerId id, TrainerChange const& change);
  /// For admins: approve, reject or suspend. Who is approved gets the role of a trainer in the same
  /// transaction, and keeps it. 409 `INVALID_TRANSITION`.
  Task<Result<Trainer>> decide(Command const& command, TrainerId id, Onboarding to,
                               identity::Origin const& origin);

  /// 404 for a trainer who is not approved, but for themself and admins.
  Task<Result<ListedTrainer>> get(Caller const& caller, TrainerId id);
  /// Those that can be booked; for admins all of them.
  Task<TrainerList> list(Caller const& caller, TrainerChoice const& choice, std::int64_t limit,
                         std::int64_t offset);

 private:
  Task<Result<Trainer>> stored(Command const& command, TrainerId id);

  TrainerRepository& trainers_;
  SlotFinder& slots_;
  identity::AccountService& accounts_;
  Clock const& clock_;
};

}  // namespace insighta::booking
