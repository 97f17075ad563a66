#include "booking/services/booking_fixture.hpp"

#include <fmt/format.h>

namespace insighta::booking {
namespace {

using identity::Role;

class ClientProfiles : public BookingTest {
 protected:
  Result<StoredProfile> put(User const& user, WantedProfile const& wanted,
                            std::optional<std::int64_t> expected_version = {}) {
    return run<StoredProfile>(
        user,
        [&](Command const& command) { return profile_service.put_mine(command, wanted, here); },
        expected_version);
  }

  std::string get(User const& user, ClientId id) {
    return code_of(await(profile_service.get(caller_of(user), id)));
  }

  void had_a_call(ClientId client, TrainerId trainer) {
    execute(fmt::format(
        "insert into booking.discovery_calls (id, client_id, trainer_id, start_at, end_at, "
        "contact_mode, contact_handle, goals, status, created_at) values (gen_random_uuid(), '{}', "
        "'{}', '2026-12-01T10:00Z', '2026-12-01T10:30Z', 'zoom', 'x', '', 'completed', "
        "'2026-11-01T10:00Z')",
        client.to_string(), trainer.to_string()));
  }

  WantedProfile const ada_lovelace{.display_name = "Ada Lovelace",
                                   .time_zone = "Europe/London",
                                   .phone = "+15551234567",
                                   .goals = "Ten pull-ups"};
};

TEST_F(ClientProfiles, make_their_owner_a_client) {
  auto const ada = person("ada");
  EXPECT_EQ(code_of(await(profile_service.mine(caller_of(ada)))), "NOT_FOUND");
  auto const put_first = put(ada, ada_lovelace);
  ASSERT_TRUE(put_first);
  EXPECT_TRUE(put_first->is_new);
  EXPECT_TRUE(await(users.find(ada.id))->roles.has(Role::client));
  EXPECT_EQ(count_audit("role_changed"), 1);
  auto const mine = await(profile_service.mine(caller_of(ada)));
  EXPECT_EQ(mine->display_name, "Ada Lovelace");
  EXPECT_EQ(mine->time_zone, "Europe/London");
  EXPECT_EQ(mine->phone, "+15551234567");
  EXPECT_EQ(mine->goals, "Ten pull-ups");
}

TEST_F(ClientProfiles, are_replaced_as_a_whole) {
  auto const ada = person("ada");
  auto const first = put(ada, ada_lovelace)->profile;
  clock.advance(std::chrono::hours{1});
  auto const second = put(ada, {.display_name = "Ada", .time_zone = "UTC"}, first.version);
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->is_new);
  EXPECT_EQ(second->profile.id, first.id);
  EXPECT_EQ(second->profile.created_at, first.created_at);
  EXPECT_EQ(second->profile.version, first.version + 1);
  EXPECT_EQ(second->profile.phone, std::nullopt);
  EXPECT_EQ(second->profile.goals, "");
  EXPECT_EQ(code_of(put(ada, ada_lovelace, first.version)), "STALE_VERSION");
  EXPECT_EQ(await(profile_service.mine(caller_of(ada)))->display_name, "Ada");
  EXPECT_EQ(count_audit("role_changed"), 1);
}

TEST_F(ClientProfiles, that_are_impossible_leave_no_row) {
  auto const ada = person("ada");
  EXPECT_EQ(field_of(put(ada, {.display_name = "Ada", .time_zone = "Mars/Base"})), "time_zone");
  EXPECT_EQ(field_of(put(
                ada, {.display_name = "Ada", .time_zone = "UTC", .phone = std::string(9000, '1')})),
            "phone");
  EXPECT_FALSE(await(profile_store.find_by_user(ada.id)));
}

TEST_F(ClientProfiles, are_seen_by_their_owner_their_trainers_and_admins) {
  auto const ada = a_client("ada");
  auto const trainer = a_trainer("trainer");
  auto const stranger = a_trainer("stranger");
  had_a_call(ada.profile.id, trainer.profile.id);
  EXPECT_EQ(get(ada.user, ada.profile.id), "");
  EXPECT_EQ(get(an_admin(), ada.profile.id), "");
  EXPECT_EQ(get(trainer.user, ada.profile.id), "");
  EXPECT_EQ(get(stranger.user, ada.profile.id), "FORBIDDEN");
  EXPECT_EQ(get(a_client("eve").user, ada.profile.id), "FORBIDDEN");
  EXPECT_EQ(get(trainer.user, ClientId::make(clock.now())), "NOT_FOUND");
}

}  // namespace
}  // namespace insighta::booking
