#pragma once

#include "booking/domain/availability.hpp"
#include "booking/domain/party.hpp"
#include "booking/domain/trainer.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

struct TrainerFilter {
  std::optional<std::string> specialisation;
  std::optional<Onboarding> onboarding;  ///< none: only bookable ones
  bool shows_all = false;                ///< for admins
};

struct TrainerPage {
  std::vector<Trainer> trainers;
  std::int64_t total = 0;
};

/// Table booking.trainers. Names and activity are read from identity.users.
class TrainerRepository {
 public:
  explicit TrainerRepository(postgres::Database& database) : database_(database) {}

  Task<std::optional<Trainer>> find(TrainerId id);
  Task<std::optional<Trainer>> find_by_user(UserId user);
  Task<TrainerPage> list(TrainerFilter const& filter, std::int64_t limit, std::int64_t offset);

  /// Nothing else changes the trainer until the transaction ends; bookings go on.
  Task<std::optional<Trainer>> lock(Transaction& tx, TrainerId id);
  /// As it is now, without a lock.
  Task<std::optional<Trainer>> find(Transaction& tx, TrainerId id);
  /// 409 `TRAINER_EXISTS` when the person is one.
  Task<Result<void>> insert(Transaction& tx, Trainer const& trainer);
  /// Stores onboarding, availability and terms, and raises the version.
  Task<void> update(Transaction& tx, Trainer const& trainer);
  /// Adds to the rating, exactly.
  Task<void> add_rating(Transaction& tx, TrainerId id, int sum, int count);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
