#include "booking/services/booking_fixture.hpp"
#include "platform/async/when_all.hpp"

#include <gmock/gmock.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

LocalDate day(std::string_view text) {
  return parse_local_date(text).value();
}

class WorkingTimes : public BookingTest {
 protected:
  Result<OwnAvailability> replace_rules(User const& user, std::vector<AvailabilityRule> rules) {
    return run<OwnAvailability>(user, [&](Command const& command) {
      return availability_service.replace_rules(command, rules);
    });
  }

  Result<StoredException> add_exception(User const& user, AvailabilityException const& exception) {
    return run<StoredException>(user, [&](Command const& command) {
      return availability_service.add_exception(command, exception);
    });
  }

  Result<void> remove_exception(User const& user, ExceptionId id) {
    return run<void>(user, [&](Command const& command) {
      return availability_service.remove_exception(command, id);
    });
  }

  Result<TimeOff> add_time_off(User const& user, std::string_view start, std::string_view end) {
    Interval const time{at(start), at(end)};
    return run<TimeOff>(user, [&](Command const& command) {
      return availability_service.add_time_off(command, time);
    });
  }

  Result<void> remove_time_off(User const& user, ClaimId id) {
    return run<void>(user, [&](Command const& command) {
      return availability_service.remove_time_off(command, id);
    });
  }

  OwnAvailability mine() { return await(availability_service.mine(caller_of(ada.user))).value(); }

  /// Starts of the slots of a day.
  std::vector<std::string> slots(std::string_view date, SlotKind kind = SlotKind::session) {
    Instant const start{std::chrono::sys_days{day(date)}};
    SlotQuery const query{.window = {start, start + 24h}, .kind = kind};
    std::vector<std::string> texts;
    for (auto const& slot : await(availability_service.slots(ada.profile.id, query))->slots)
      texts.push_back(to_rfc3339(slot.start));
    return texts;
  }

  Person<Trainer> const ada = a_trainer("ada");
  Person<ClientProfile> const client = a_client("client");
  AvailabilityRule const friday_morning{.weekday = 5, .start_min = 540, .end_min = 720};
};

class TimeOffs : public WorkingTimes {};
class SlotsOnOffer : public WorkingTimes {};

TEST_F(WorkingTimes, are_replaced_all_at_once) {
  ASSERT_TRUE(replace_rules(ada.user, {{.weekday = 1, .start_min = 0, .end_min = 1440}}));
  AvailabilityRule const dated{.weekday = 1,
                               .start_min = 540,
                               .end_min = 600,
                               .valid_from = day("2027-02-01"),
                               .valid_to = day("2027-02-28")};
  auto const replaced = replace_rules(ada.user, {friday_morning, dated});
  ASSERT_TRUE(replaced);
  for (auto const& own : {*replaced, mine()}) {
    EXPECT_EQ(own.time_zone, "UTC");
    ASSERT_EQ(own.rules.size(), 2U);
    EXPECT_EQ(own.rules[0].weekday, 1);
    EXPECT_EQ(own.rules[0].valid_from, day("2027-02-01"));
    EXPECT_EQ(own.rules[0].valid_to, day("2027-02-28"));
    EXPECT_EQ(own.rules[1].end_min, 720);
    EXPECT_EQ(own.rules[1].valid_from, std::nullopt);
  }
  EXPECT_THAT(replace_rules(ada.user, {})->rules, IsEmpty());
  EXPECT_THAT(mine().rules, IsEmpty());
}

TEST_F(WorkingTimes, that_overlap_are_refused_by_name_and_nothing_changes) {
  ASSERT_TRUE(replace_rules(ada.user, {friday_morning}));
  EXPECT_EQ(field_of(replace_rules(ada.user, {friday_morning, friday_morning})), "rules[1]");
  EXPECT_EQ(mine().rules.size(), 1U);
}

TEST_F(WorkingTimes, that_overlap_are_impossible_in_the_database_too) {
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    CO_TRY_VOID(co_await availability_store.replace_rules(
        tx, ada.profile.id, {friday_morning, friday_morning}, clock.now()));
    co_return true;
  };
  EXPECT_EQ(field_of(await(database().run<bool>(body))), "rules");
}

TEST_F(WorkingTimes, replaced_in_parallel_are_those_of_one_of_them) {
  AvailabilityRule const friday{.weekday = 5, .start_min = 600, .end_min = 660};
  auto const replacing = [&](AvailabilityRule rule) {
    auto const actor = actor_of(ada.user);
    return [this, rule, actor](Transaction& tx) -> Task<Result<bool>> {
      auto const caller = co_await caller_store.find(tx, ada.user.id);
      Command const command{actor, caller, clock.now(), {}, tx};
      co_return (co_await availability_service.replace_rules(command, {rule})).has_value();
    };
  };
  auto const [one, other] = await(when_all(database().run<bool>(replacing(friday)),
                                           database().run<bool>(replacing(friday_morning))));
  EXPECT_TRUE(one.value() && other.value());
  EXPECT_EQ(mine().rules.size(), 1U);
}

TEST_F(WorkingTimes, belong_to_trainers_only) {
  EXPECT_EQ(code_of(replace_rules(client.user, {})), "FORBIDDEN");
  EXPECT_EQ(code_of(await(availability_service.mine(caller_of(an_admin())))), "FORBIDDEN");
  EXPECT_EQ(code_of(add_time_off(client.user, "2027-01-05T00:00:00Z", "2027-01-06T00:00:00Z")),
            "FORBIDDEN");
}

TEST_F(WorkingTimes, have_exceptions_that_come_and_go) {
  works(ada, 540, 660);
  auto const added = add_exception(ada.user, {day("2027-01-05"), ExceptionKind::block, {}, {}});
  ASSERT_TRUE(added);
  ASSERT_TRUE(add_exception(ada.user, {day("2026-12-01"), ExceptionKind::open, 0, 60}));
  ASSERT_EQ(mine().exceptions.size(), 1U);  // what is over is left out
  EXPECT_EQ(mine().exceptions.front().id, added->id);
  EXPECT_THAT(slots("2027-01-05"), IsEmpty());
  EXPECT_EQ(code_of(remove_exception(a_trainer("bob").user, added->id)), "NOT_FOUND");
  EXPECT_TRUE(remove_exception(ada.user, added->id));
  EXPECT_EQ(code_of(remove_exception(ada.user, added->id)), "NOT_FOUND");
  EXPECT_THAT(slots("2027-01-05"), ElementsAre("2027-01-05T09:00:00Z", "2027-01-05T10:00:00Z"));
  EXPECT_EQ(field_of(add_exception(ada.user, {day("2027-01-05"), ExceptionKind::open, 60, {}})),
            "end_min");
}

TEST_F(TimeOffs, are_not_slots_until_they_are_removed) {
  works(ada, 540, 660);
  auto const added = add_time_off(ada.user, "2027-01-05T09:30:00Z", "2027-01-06T10:00:00Z");
  ASSERT_TRUE(added);
  ASSERT_EQ(mine().time_off.size(), 1U);
  EXPECT_EQ(mine().time_off.front().time.end, at("2027-01-06T10:00:00Z"));
  EXPECT_THAT(slots("2027-01-05"), IsEmpty());
  EXPECT_THAT(slots("2027-01-06"), ElementsAre("2027-01-06T10:00:00Z"));
  EXPECT_EQ(code_of(remove_time_off(a_trainer("bob").user, added->id)), "NOT_FOUND");
  EXPECT_TRUE(remove_time_off(ada.user, added->id));
  EXPECT_EQ(code_of(remove_time_off(ada.user, added->id)), "NOT_FOUND");
  EXPECT_EQ(slots("2027-01-05").size(), 2U);
}

TEST_F(TimeOffs, over_something_that_has_the_time_are_refused_naming_it) {
  ASSERT_TRUE(claim(ada.profile.id, client.profile.id,
                    {at("2027-01-05T09:00:00Z"), at("2027-01-05T10:00:00Z")}));
  auto const refused = add_time_off(ada.user, "2027-01-05T00:00:00Z", "2027-01-06T00:00:00Z");
  EXPECT_EQ(code_of(refused), "SLOT_TAKEN");
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields[0].field, "booking");
  EXPECT_TRUE(refused.error().fields[0].message.ends_with(" 2027-01-05T09:00:00Z"));
  EXPECT_THAT(mine().time_off, IsEmpty());
  EXPECT_TRUE(add_time_off(ada.user, "2027-01-05T10:00:00Z", "2027-01-06T00:00:00Z"));
}

TEST_F(TimeOffs, go_before_holds) {
  auto const id = ClaimId::make(clock.now());
  Interval const noon{at("2027-01-05T12:00:00Z"), at("2027-01-05T13:00:00Z")};
  auto const holding = [&](Transaction& tx) -> Task<Result<bool>> {
    Claim const hold{.id = id,
                     .trainer_id = ada.profile.id,
                     .client_id = client.profile.id,
                     .during = noon,
                     .kind = ClaimKind::hold,
                     .owner_id = id.value,
                     .expires_at = clock.now() + 300s};
    co_return co_await claim_store.take(tx, hold, clock.now());
  };
  ASSERT_TRUE(await(database().run<bool>(holding)).value());
  EXPECT_TRUE(run<TimeOff>(ada.user, [&](Command const& command) {
    return availability_service.add_time_off(command, noon);
  }));
  EXPECT_FALSE(await(claim_store.find_hold(id, clock.now())));
}

TEST_F(TimeOffs, are_five_minutes_to_sixty_days_that_end_in_the_future) {
  auto const field = [&](std::string_view start, std::string_view end) {
    return field_of(add_time_off(ada.user, start, end));
  };
  EXPECT_EQ(field("2027-01-05T00:00:00Z", "2027-01-05T00:00:00Z"), "end");
  EXPECT_EQ(field("2027-01-05T00:00:00Z", "2027-01-04T00:00:00Z"), "end");
  EXPECT_EQ(field("2027-01-05T00:00:00Z", "2027-01-05T00:04:59Z"), "end");
  EXPECT_EQ(field("2027-01-05T00:00:00Z", "2027-03-06T00:00:01Z"), "end");
  EXPECT_EQ(field("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"), "end");
  EXPECT_EQ(field("2027-01-05T00:00:00Z", "2027-03-06T00:00:00Z"), "");
  EXPECT_EQ(field("2026-12-31T00:00:00Z", "2027-01-01T00:00:01Z"), "");
}

TEST_F(SlotsOnOffer, lie_within_notice_and_horizon) {
  works(ada, 0, 1440);
  clock.set(at("2027-01-01T09:30:00Z"));
  auto const today = slots("2027-01-01");
  EXPECT_EQ(today.front(), "2027-01-01T11:00:00Z");
  clock.set(at("2027-01-01T09:00:00Z"));
  EXPECT_EQ(slots("2027-01-01").front(), "2027-01-01T10:00:00Z");
  // Sixty days later to the minute is still bookable.
  EXPECT_EQ(slots("2027-03-02").back(), "2027-03-02T09:00:00Z");
  EXPECT_THAT(slots("2027-03-03"), IsEmpty());
}

TEST_F(SlotsOnOffer, leave_out_what_is_taken_with_the_gaps) {
  auto const gapped = a_trainer("gapped", {.slot_step = 15, .gap_minutes = 15});
  works(gapped, 540, 780);
  ASSERT_TRUE(claim(gapped.profile.id, client.profile.id,
                    {at("2027-01-05T10:30:00Z"), at("2027-01-05T11:30:00Z")}, 15min));
  SlotQuery query{.window = {at("2027-01-05T00:00:00Z"), at("2027-01-06T00:00:00Z")}};
  std::vector<std::string> starts;
  auto const sessions = await(availability_service.slots(gapped.profile.id, query));
  for (auto const& slot : sessions->slots)
    starts.push_back(sessions->zone.to_rfc3339(slot.start).substr(11, 5));
  EXPECT_THAT(starts, ElementsAre("09:00", "09:15", "11:45", "12:00"));
  query.kind = SlotKind::discovery;
  auto const calls = await(availability_service.slots(gapped.profile.id, query))->slots;
  ASSERT_FALSE(calls.empty());
  EXPECT_EQ(calls.front().end - calls.front().start, 30min);
  EXPECT_EQ(calls.size(), 4U + 4U);  // 09:00 to 09:45 and 11:45 to 12:30
}

TEST_F(SlotsOnOffer, are_none_of_somebody_who_cannot_be_booked) {
  works(ada, 0, 1440);
  ASSERT_FALSE(slots("2027-01-05").empty());
  TrainerChange const away{.is_available = false};
  ASSERT_TRUE(run<Trainer>(ada.user, [&](Command const& command) {
    return trainer_service.change(command, ada.profile.id, away);
  }));
  EXPECT_THAT(slots("2027-01-05"), IsEmpty());
}

TEST_F(SlotsOnOffer, are_asked_for_with_a_window_and_a_zone_that_exist) {
  auto const from = at("2027-01-05T00:00:00Z");
  auto const field = [&](SlotQuery const& query) {
    return field_of(await(availability_service.slots(ada.profile.id, query)));
  };
  EXPECT_EQ(field({.window = {from, from}}), "to");
  EXPECT_EQ(field({.window = {from, from + 62 * 24h + 1us}}), "to");
  EXPECT_EQ(field({.window = {from, from + 62 * 24h}}), "");
  EXPECT_EQ(field({.window = {from, from + 24h}, .time_zone = "Mars/Base"}), "tz");
  auto const nobody = await(
      availability_service.slots(TrainerId::make(clock.now()), {.window = {from, from + 24h}}));
  EXPECT_EQ(code_of(nobody), "NOT_FOUND");
}

}  // namespace
}  // namespace insighta::booking
