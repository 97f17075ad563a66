#include "booking/services/trainer_service.hpp"

#include "booking/domain/booking.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "booking/services/slot_finder.hpp"
#include "identity/services/account_service.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

Result<void> check(TermsChange const& terms) {
  auto faults = faults_of(terms);
  if (faults.empty()) return {};
  return fail(invalid("These terms are not possible", std::move(faults)));
}

Error no_trainer() {
  return not_found("Trainer not found");
}

}  // namespace

Task<Result<Trainer>> TrainerService::apply(Command const& command, TermsChange const& terms) {
  CO_TRY_VOID(check(terms));
  Trainer const trainer{.id = TrainerId::make(command.at),
                        .user_id = command.caller.user_id,
                        .name = {},
                        .terms = changed({}, terms),
                        .created_at = command.at};
  CO_TRY_VOID(co_await trainers_.insert(command.tx, trainer));
  co_return co_await stored(command, trainer.id);
}

Task<Result<Trainer>> TrainerService::change(Command const& command, TrainerId id,
                                             TrainerChange const& change) {
  CO_TRY_VOID(check(change.terms));
  auto const found = co_await trainers_.lock(command.tx, id);
  if (!found) co_return fail(no_trainer());
  if (command.caller.trainer_id != id && !command.caller.is_admin)
    co_return fail(forbidden("Only the trainer and admins may change this"));
  CO_TRY_VOID(command.require_version(found->version));
  auto trainer = *found;
  trainer.terms = changed(found->terms, change.terms);
  trainer.is_available = change.is_available.value_or(found->is_available);
  if (change.is_available == true && found->onboarding != Onboarding::approved)
    co_return fail(invalid_transition("made available", to_string(found->onboarding)));
  co_await trainers_.update(command.tx, trainer);
  co_return co_await stored(command, id);
}

Task<Result<Trainer>> TrainerService::decide(Command const& command, TrainerId id, Onboarding to,
                                             identity::Origin const& origin) {
  auto const found = co_await trainers_.lock(command.tx, id);
  if (!found) co_return fail(no_trainer());
  CO_TRY_VOID(command.require_version(found->version));
  CO_TRY_VOID(may_become(found->onboarding, to));
  auto trainer = *found;
  trainer.onboarding = to;
  co_await trainers_.update(command.tx, trainer);
  if (to == Onboarding::approved)
    co_await accounts_.grant_role(command.tx, trainer.user_id, identity::Role::trainer,
                                  command.actor.user_id, origin, command.at);
  co_return co_await stored(command, id);
}

Task<Result<ListedTrainer>> TrainerService::get(Caller const& caller, TrainerId id) {
  auto const trainer = co_await trainers_.find(id);
  bool const is_shown = trainer && (trainer->onboarding == Onboarding::approved ||
                                    caller.trainer_id == id || caller.is_admin);
  if (!is_shown) co_return fail(no_trainer());
  std::vector const trainers = {*trainer};
  auto const next = co_await slots_.find_next(trainers, clock_.now());
  ListedTrainer listed{*trainer, {}};
  if (!next.empty()) listed.next_slot = next.begin()->second;
  co_return listed;
}

Task<TrainerList> TrainerService::list(Caller const& caller, TrainerChoice const& choice,
                                       std::int64_t limit, std::int64_t offset) {
  TrainerFilter const filter{.specialisation = choice.specialisation,
                             .onboarding = choice.onboarding,
                             .shows_all = caller.is_admin};
  auto page = co_await trainers_.list(filter, limit, offset);
  auto const next = co_await slots_.find_next(page.trainers, clock_.now());
  TrainerList list{.trainers = {}, .total = page.total};
  for (auto& trainer : page.trainers) {
    auto const slot = next.find(trainer.id);
    std::optional<Instant> start;
    if (slot != next.end()) start = slot->second;
    list.trainers.push_back({std::move(trainer), start});
  }
  co_return list;
}

Task<Result<Trainer>> TrainerService::stored(Command const& command, TrainerId id) {
  auto trainer = co_await trainers_.find(command.tx, id);
  ensure(trainer.has_value(), "a trainer that was written is there");
  co_return *std::move(trainer);
}

}  // namespace insighta::booking
