#include "booking/repositories/trainer_repository.hpp"

#include "booking/queries.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;

constexpr std::size_t total_column = 18;

int int_of(Row const& row, std::size_t column) {
  return row.get<std::int32_t>(column);
}

Onboarding onboarding_of(std::string_view word) {
  auto const onboarding = parse_onboarding(word);
  ensure(onboarding.has_value(), "a trainer's onboarding is a known word");
  return *onboarding;
}

Trainer trainer_of(Row const& row) {
  return {.id = row.get<TrainerId>(0),
          .user_id = row.get<UserId>(1),
          .name = row.get<std::string>(2),
          .onboarding = onboarding_of(row.get<std::string_view>(3)),
          .is_available = row.get<bool>(4),
          .terms = {.time_zone = row.get<std::string>(5),
                    .session_minutes = int_of(row, 6),
                    .slot_step = int_of(row, 7),
                    .gap_minutes = int_of(row, 8),
                    .min_notice_minutes = int_of(row, 9),
                    .max_advance_days = int_of(row, 10),
                    .bio = row.get<std::string>(11),
                    .specialisations = row.get<std::vector<std::string>>(12)},
          .rating_sum = row.get<std::int64_t>(13),
          .rating_count = row.get<std::int64_t>(14),
          .is_user_active = row.get<bool>(15),
          .version = row.get<std::int64_t>(16),
          .created_at = row.get<Instant>(17)};
}

std::optional<Trainer> one_of(Rows const& rows) {
  if (rows.is_empty()) return {};
  return trainer_of(rows.single());
}

}  // namespace

Task<std::optional<Trainer>> TrainerRepository::find(TrainerId id) {
  co_return one_of(co_await database_.query(queries::select_trainer, Parameters(id)));
}

Task<std::optional<Trainer>> TrainerRepository::find_by_user(UserId user) {
  co_return one_of(co_await database_.query(queries::select_trainer_by_user, Parameters(user)));
}

Task<TrainerPage> TrainerRepository::list(TrainerFilter const& filter, std::int64_t limit,
                                          std::int64_t offset) {
  std::optional<std::string> onboarding;
  if (filter.onboarding) onboarding = std::string{to_string(*filter.onboarding)};
  auto const rows = co_await database_.query(
      queries::select_trainers,
      Parameters(filter.specialisation, onboarding, filter.shows_all, limit, offset));
  TrainerPage page;
  for (auto const& row : rows) {
    page.trainers.push_back(trainer_of(row));
    page.total = row.get<std::int64_t>(total_column);
  }
  // Past the end no row carries the total.
  if (rows.is_empty() && offset > 0) page.total = (co_await list(filter, 1, 0)).total;
  co_return page;
}

Task<std::optional<Trainer>> TrainerRepository::lock(Transaction& tx, TrainerId id) {
  co_return one_of(co_await tx.query(queries::lock_trainer, Parameters(id)));
}

Task<std::optional<Trainer>> TrainerRepository::find(Transaction& tx, TrainerId id) {
  co_return one_of(co_await tx.query(queries::select_trainer, Parameters(id)));
}

Task<Result<void>> TrainerRepository::insert(Transaction& tx, Trainer const& trainer) {
  auto const& terms = trainer.terms;
  auto const rows = co_await tx.query(
      queries::insert_trainer,
      Parameters(trainer.id, trainer.user_id, to_string(trainer.onboarding), trainer.is_available,
                 terms.time_zone, terms.session_minutes, terms.slot_step, terms.gap_minutes,
                 terms.min_notice_minutes, terms.max_advance_days, terms.bio, terms.specialisations,
                 trainer.created_at));
  if (rows.affected() == 0) co_return fail(conflict("You applied before", "TRAINER_EXISTS"));
  co_return Result<void>{};
}

Task<void> TrainerRepository::update(Transaction& tx, Trainer const& trainer) {
  auto const& terms = trainer.terms;
  co_await tx.query(queries::update_trainer,
                    Parameters(trainer.id, to_string(trainer.onboarding), trainer.is_available,
                               terms.time_zone, terms.session_minutes, terms.slot_step,
                               terms.gap_minutes, terms.min_notice_minutes, terms.max_advance_days,
                               terms.bio, terms.specialisations));
}

Task<void> TrainerRepository::add_rating(Transaction& tx, TrainerId id, int sum, int count) {
  co_await tx.query(queries::add_trainer_rating, Parameters(id, sum, count));
}

}  // namespace insighta::booking
