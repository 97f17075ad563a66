#include "booking/services/booking_fixture.hpp"

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using identity::Role;

class Trainers : public BookingTest {
 protected:
  Result<Trainer> apply(User const& user, TermsChange const& terms = {.time_zone = "UTC"}) {
    return run<Trainer>(
        user, [&](Command const& command) { return trainer_service.apply(command, terms); });
  }

  Result<Trainer> decide(TrainerId id, Onboarding to) {
    return run<Trainer>(boss, [&](Command const& command) {
      return trainer_service.decide(command, id, to, here);
    });
  }

  Result<Trainer> change(User const& user, TrainerId id, TrainerChange const& change,
                         std::optional<std::int64_t> expected_version = {}) {
    return run<Trainer>(
        user, [&](Command const& command) { return trainer_service.change(command, id, change); },
        expected_version);
  }

  TrainerList list(User const& user, TrainerChoice const& choice = {}, std::int64_t offset = 0) {
    return await(trainer_service.list(caller_of(user), choice, 20, offset));
  }

  identity::Roles roles_of(User const& user) { return await(users.find(user.id))->roles; }

  User const boss = an_admin();
};

TEST_F(Trainers, apply_once_and_wait) {
  auto const ada = person("ada");
  auto const applied =
      apply(ada, {.time_zone = "Europe/London",
                  .session_minutes = 45,
                  .slot_step = 15,
                  .bio = "Strong.",
                  .specialisations = std::vector<std::string>{"strength", "yoga"}});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->onboarding, Onboarding::pending);
  EXPECT_EQ(applied->name, "login-ada");
  EXPECT_EQ(applied->terms.time_zone, "Europe/London");
  EXPECT_EQ(applied->terms.session_minutes, 45);
  EXPECT_EQ(applied->terms.max_advance_days, 60);
  EXPECT_EQ(applied->terms.specialisations, (std::vector<std::string>{"strength", "yoga"}));
  EXPECT_FALSE(applied->is_bookable());
  EXPECT_FALSE(roles_of(ada).has(Role::trainer));
  EXPECT_EQ(code_of(apply(ada)), "TRAINER_EXISTS");
  EXPECT_EQ(await(trainer_store.find_by_user(ada.id))->id, applied->id);
}

TEST_F(Trainers, who_apply_with_impossible_terms_are_told_the_field) {
  auto const ada = person("ada");
  EXPECT_EQ(field_of(apply(ada, {.time_zone = "Mars/Base"})), "time_zone");
  EXPECT_EQ(field_of(apply(ada, {.time_zone = "UTC", .slot_step = 20})), "slot_step");
  EXPECT_FALSE(await(trainer_store.find_by_user(ada.id)));
}

TEST_F(Trainers, who_are_approved_get_the_role_with_a_line_in_the_audit_log) {
  auto const ada = person("ada");
  auto const id = apply(ada)->id;
  auto const before = count_audit("role_changed");
  EXPECT_EQ(decide(id, Onboarding::approved)->onboarding, Onboarding::approved);
  EXPECT_TRUE(roles_of(ada).has(Role::trainer));
  EXPECT_EQ(count_audit("role_changed"), before + 1);
}

TEST_F(Trainers, go_only_the_ways_that_are_listed) {
  auto const id = apply(person("ada"))->id;
  EXPECT_EQ(code_of(decide(id, Onboarding::suspended)), "INVALID_TRANSITION");
  EXPECT_TRUE(decide(id, Onboarding::rejected));
  EXPECT_EQ(code_of(decide(id, Onboarding::rejected)), "INVALID_TRANSITION");
  EXPECT_TRUE(decide(id, Onboarding::approved));
  EXPECT_TRUE(decide(id, Onboarding::suspended));
  EXPECT_TRUE(decide(id, Onboarding::approved));
  EXPECT_EQ(code_of(decide(id, Onboarding::approved)), "INVALID_TRANSITION");
  EXPECT_EQ(code_of(decide(TrainerId::make(clock.now()), Onboarding::approved)), "NOT_FOUND");
}

TEST_F(Trainers, who_are_not_approved_cannot_be_available) {
  auto const ada = person("ada");
  auto const id = apply(ada)->id;
  EXPECT_EQ(code_of(change(ada, id, {.is_available = true})), "INVALID_TRANSITION");
  EXPECT_EQ(code_of(change(boss, id, {.is_available = true})), "INVALID_TRANSITION");
  EXPECT_TRUE(change(ada, id, {.is_available = false}));
  ASSERT_TRUE(decide(id, Onboarding::approved));
  EXPECT_TRUE(change(ada, id, {.is_available = true})->is_bookable());
}

TEST_F(Trainers, change_what_they_say_and_nothing_else) {
  auto const ada = a_trainer("ada", {.gap_minutes = 15});
  auto const id = ada.profile.id;
  auto const changed =
      change(ada.user, id, {.terms = {.session_minutes = 90, .bio = "New."}}, ada.profile.version);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->terms.session_minutes, 90);
  EXPECT_EQ(changed->terms.bio, "New.");
  EXPECT_EQ(changed->terms.gap_minutes, 15);
  EXPECT_TRUE(changed->is_available);
  EXPECT_EQ(changed->version, ada.profile.version + 1);
  EXPECT_EQ(code_of(change(ada.user, id, {}, ada.profile.version)), "STALE_VERSION");
  EXPECT_EQ(field_of(change(ada.user, id, {.terms = {.max_advance_days = 366}})),
            "max_advance_days");
}

TEST_F(Trainers, are_changed_by_themselves_and_admins_only) {
  auto const ada = a_trainer("ada");
  EXPECT_EQ(code_of(change(a_trainer("bob").user, ada.profile.id, {})), "FORBIDDEN");
  EXPECT_EQ(code_of(change(person("eve"), ada.profile.id, {})), "FORBIDDEN");
  EXPECT_TRUE(change(boss, ada.profile.id, {.is_available = false}));
  EXPECT_EQ(code_of(change(boss, TrainerId::make(clock.now()), {})), "NOT_FOUND");
}

TEST_F(Trainers, who_cannot_be_booked_are_listed_to_admins_only) {
  auto const ada = a_trainer("ada", {.specialisations = std::vector<std::string>{"yoga"}});
  auto const idle = a_trainer("idle");
  ASSERT_TRUE(change(idle.user, idle.profile.id, {.is_available = false}));
  auto const gone = a_trainer("gone");
  ASSERT_TRUE(await(accounts.change_access(actor_of(boss), gone.user.id,
                                           {.roles = {}, .is_active = false}, here)));
  auto const new_one = person("new");
  ASSERT_TRUE(apply(new_one));

  auto const seen = list(person("eve"));
  ASSERT_EQ(seen.total, 1);
  EXPECT_EQ(seen.trainers.front().trainer.id, ada.profile.id);
  EXPECT_EQ(list(person("eve"), {.onboarding = Onboarding::pending}).total, 0);
  EXPECT_EQ(list(boss).total, 4);
  EXPECT_EQ(list(boss, {.onboarding = Onboarding::pending}).total, 1);
  EXPECT_EQ(list(boss, {.specialisation = "yoga"}).total, 1);
  EXPECT_EQ(list(boss, {.specialisation = "boxing"}).total, 0);
  EXPECT_EQ(list(boss, {}, 40).total, 4);
}

TEST_F(Trainers, who_are_not_approved_are_seen_by_themselves_and_admins_only) {
  auto const ada = person("ada");
  auto const id = apply(ada)->id;
  EXPECT_TRUE(await(trainer_service.get(caller_of(ada), id)));
  EXPECT_TRUE(await(trainer_service.get(caller_of(boss), id)));
  auto const eve = person("eve");
  EXPECT_EQ(code_of(await(trainer_service.get(caller_of(eve), id))), "NOT_FOUND");
  ASSERT_TRUE(decide(id, Onboarding::approved));
  EXPECT_TRUE(await(trainer_service.get(caller_of(eve), id)));
}

TEST_F(Trainers, show_their_next_free_session) {
  auto const client = a_client("client");
  auto const ada = a_trainer("ada");
  works(ada, 540, 660);  // 09:00 to 11:00
  auto const busy = a_trainer("busy", {.min_notice_minutes = 0, .max_advance_days = 1});
  works(busy, 540, 600);
  ASSERT_TRUE(claim(ada.profile.id, client.profile.id,
                    {at("2027-01-01T09:00:00Z"), at("2027-01-01T10:00:00Z")}));
  ASSERT_TRUE(claim(busy.profile.id, client.profile.id,
                    {at("2027-01-01T08:30:00Z"), at("2027-01-01T09:00:00Z")}, 1min));
  auto const never = a_trainer("never");

  std::map<TrainerId, std::optional<Instant>> next;
  for (auto const& listed : list(client.user).trainers) next[listed.trainer.id] = listed.next_slot;
  ASSERT_EQ(next.size(), 3U);
  EXPECT_EQ(next[ada.profile.id], at("2027-01-01T10:00:00Z"));
  EXPECT_EQ(next[busy.profile.id], std::nullopt);
  EXPECT_EQ(next[never.profile.id], std::nullopt);
  clock.set(at("2027-01-01T09:00:01Z"));  // less than an hour's notice
  EXPECT_EQ(await(trainer_service.get(caller_of(client.user), ada.profile.id))->next_slot,
            at("2027-01-02T09:00:00Z"));
}

TEST_F(Trainers, keep_exact_sums_of_their_ratings) {
  auto const ada = a_trainer("ada");
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await trainer_store.add_rating(tx, ada.profile.id, 5, 1);
    co_await trainer_store.add_rating(tx, ada.profile.id, 4, 1);
    co_await trainer_store.add_rating(tx, ada.profile.id, -2, 0);
    co_return true;
  };
  ASSERT_TRUE(await(database().run<bool>(body)));
  auto const rated = await(trainer_store.find(ada.profile.id));
  EXPECT_EQ(rated->rating_sum, 7);
  EXPECT_EQ(rated->rating_count, 2);
}

}  // namespace
}  // namespace insighta::booking
