#pragma once

#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/caller_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/client_profile_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "booking/services/availability_service.hpp"
#include "booking/services/client_profile_service.hpp"
#include "booking/services/commands.hpp"
#include "booking/services/slot_finder.hpp"
#include "booking/services/trainer_service.hpp"
#include "identity/services/identity_fixture.hpp"

#include <functional>
#include <string>

namespace insighta::booking {

/// A trainer or a client of a test, and who they are.
template <class Profile>
struct Person {
  identity::User user;
  Profile profile;
};

/// The services of this feature on a database of their own. The clock stands still at midnight UTC
/// of Friday, 2027-01-01. People, trainers and clients are made through repositories.
class BookingTest : public identity::IdentityTest {
 protected:
  using User = identity::User;

  static Instant at(std::string_view text) { return parse_rfc3339(text).value(); }

  identity::Actor actor_of(User const& user) {
    using enum identity::Scope;
    return {.user_id = user.id,
            .session_id = {},
            .client_id = "insighta-cli",
            .roles = user.roles,
            .scopes = {read, write, admin}};
  }

  Caller caller_of(User const& user) {
    auto caller = await(caller_store.find(user.id));
    caller.is_admin = user.roles.has(identity::Role::admin);
    return caller;
  }

  /// Runs a write of `user` as Commands does, and gives what it gives. What `body` passes on to a
  /// service has to have a name: tasks begin after it has returned.
  template <class T>
  Result<T> run(User const& user, std::function<Task<Result<T>>(Command const&)> body,
                std::optional<std::int64_t> expected_version = {}) {
    auto const actor = actor_of(user);
    auto const in_transaction = [&](Transaction& tx) -> Task<Result<T>> {
      auto caller = co_await caller_store.find(tx, user.id);
      caller.is_admin = user.roles.has(identity::Role::admin);
      Command const command{actor, caller, clock.now(), expected_version, tx};
      co_return co_await body(command);
    };
    return await(database().run<T>(in_transaction));
  }

  User an_admin() { return person("admin", {identity::Role::admin}); }

  /// Approved and available; UTC unless said otherwise.
  Person<Trainer> a_trainer(std::string const& subject, TermsChange const& terms = {}) {
    auto const user = person(subject, {identity::Role::trainer});
    Trainer const trainer{.id = TrainerId::make(clock.now()),
                          .user_id = user.id,
                          .name = {},
                          .onboarding = Onboarding::approved,
                          .is_available = true,
                          .terms = changed({.time_zone = "UTC"}, terms),
                          .created_at = clock.now()};
    auto const body = [&](Transaction& tx) -> Task<Result<Trainer>> {
      CO_TRY_VOID(co_await trainer_store.insert(tx, trainer));
      co_return *co_await trainer_store.find(tx, trainer.id);
    };
    return {user, await(database().run<Trainer>(body)).value()};
  }

  Person<ClientProfile> a_client(std::string const& subject) {
    auto const user = person(subject, {identity::Role::client});
    ClientProfile const profile{.id = ClientId::make(clock.now()),
                                .user_id = user.id,
                                .display_name = "Client " + subject,
                                .time_zone = "UTC",
                                .phone = {},
                                .goals = {},
                                .created_at = clock.now()};
    auto const body = [&](Transaction& tx) -> Task<Result<ClientProfile>> {
      co_return co_await profile_store.upsert(tx, profile);
    };
    return {user, await(database().run<ClientProfile>(body)).value()};
  }

  /// Every day of the week, these local minutes.
  void works(Person<Trainer> const& trainer, int start_min, int end_min) {
    std::vector<AvailabilityRule> rules;
    for (int weekday = 0; weekday < 7; ++weekday)
      rules.push_back({.weekday = weekday, .start_min = start_min, .end_min = end_min});
    auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
      CO_TRY_VOID(
          co_await availability_store.replace_rules(tx, trainer.profile.id, rules, clock.now()));
      co_return true;
    };
    await(database().run<bool>(body)).value();
  }

  /// Takes the time as a booking of the two does; false when somebody has it.
  bool claim(TrainerId trainer, ClientId client, Interval const& during,
             std::chrono::minutes gap = {}) {
    auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
      Claim const wanted{.id = ClaimId::make(clock.now()),
                         .trainer_id = trainer,
                         .client_id = client,
                         .during = during,
                         .gap = gap,
                         .kind = ClaimKind::booking,
                         .owner_id = Uuid::v7(clock.now()),
                         .expires_at = {}};
      co_return co_await claim_store.take(tx, wanted, clock.now());
    };
    return await(database().run<bool>(body)).value();
  }

  TrainerRepository trainer_store{database()};
  ClientProfileRepository profile_store{database()};
  AvailabilityRepository availability_store{database()};
  CallerRepository caller_store{database()};
  ClaimRepository claim_store{database()};
  SlotFinder slot_finder{availability_store, claim_store};
  TrainerService trainer_service{trainer_store, slot_finder, accounts, clock};
  ClientProfileService profile_service{profile_store, accounts};
  AvailabilityService availability_service{trainer_store, availability_store, claim_store,
                                           slot_finder, clock};
};

template <class T>
std::string code_of(Result<T> const& result) {
  return result ? "" : result.error().code;
}

/// The field of the first fault; empty without one.
template <class T>
std::string field_of(Result<T> const& result) {
  return result || result.error().fields.empty() ? "" : result.error().fields.front().field;
}

}  // namespace insighta::booking
