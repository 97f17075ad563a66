#include "booking/domain/availability.hpp"

#include "platform/testing/many_cases.hpp"

#include <gmock/gmock.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

LocalDate day(std::string_view text) {
  return parse_local_date(text).value();
}

TimeZone zone(std::string_view name) {
  return TimeZone::find(name).value();
}

/// Starts of sessions of an hour, every hour, that begin on this date of UTC.
std::vector<std::string> slots_on(std::string_view date, Availability const& availability,
                                  std::string_view in, minutes length = 60min,
                                  minutes step = 60min) {
  Instant const start{std::chrono::sys_days{day(date)}};
  auto const open = open_intervals(availability, zone(in), {start, start + 24h + length});
  std::vector<std::string> texts;
  for (auto const slot : slot_starts(open, length, step, {start, start + 24h}))
    texts.push_back(to_rfc3339(slot));
  return texts;
}

Availability on_sundays(int start_min, int end_min) {
  return {.rules = {{.weekday = 0, .start_min = start_min, .end_min = end_min}}, .exceptions = {}};
}

AvailabilityException block(std::string_view date, std::optional<int> start_min = {},
                            std::optional<int> end_min = {}) {
  return {day(date), ExceptionKind::block, start_min, end_min};
}

AvailabilityException open(std::string_view date, std::optional<int> start_min = {},
                           std::optional<int> end_min = {}) {
  return {day(date), ExceptionKind::open, start_min, end_min};
}

TEST(Slots, of_a_sunday_in_new_york_keep_their_local_time) {
  auto const nine_to_five = on_sundays(540, 1020);
  for (auto const& [date, first] : {std::pair{"2027-03-07", "2027-03-07T14:00:00Z"},
                                    {"2027-03-14", "2027-03-14T13:00:00Z"},
                                    {"2027-11-07", "2027-11-07T14:00:00Z"}}) {
    auto const slots = slots_on(date, nine_to_five, "America/New_York");
    ASSERT_EQ(slots.size(), 8);
    EXPECT_EQ(slots.front(), first);
  }
}

TEST(Slots, over_the_gap_in_spring_are_as_many_as_there_are_hours) {
  EXPECT_THAT(slots_on("2027-03-14", on_sundays(60, 240), "America/New_York"),
              ElementsAre("2027-03-14T06:00:00Z", "2027-03-14T07:00:00Z"));
}

TEST(Slots, in_the_night_that_is_an_hour_longer_are_one_more) {
  EXPECT_THAT(slots_on("2027-11-07", on_sundays(0, 180), "America/New_York"),
              ElementsAre("2027-11-07T04:00:00Z", "2027-11-07T05:00:00Z", "2027-11-07T06:00:00Z",
                          "2027-11-07T07:00:00Z"));
}

TEST(Slots, reach_from_the_first_occurrence_of_their_start_to_the_last_of_their_end) {
  EXPECT_THAT(slots_on("2027-11-07", on_sundays(60, 120), "America/New_York"),
              ElementsAre("2027-11-07T05:00:00Z", "2027-11-07T06:00:00Z"));
  EXPECT_THAT(slots_on("2027-11-07", on_sundays(0, 90), "America/New_York", 30min, 60min),
              ElementsAre("2027-11-07T04:00:00Z", "2027-11-07T05:00:00Z", "2027-11-07T06:00:00Z"));
  EXPECT_THAT(slots_on("2027-04-03", on_sundays(90, 120), "Australia/Lord_Howe", 30min, 30min),
              ElementsAre("2027-04-03T14:30:00Z", "2027-04-03T15:00:00Z"));
}

TEST(Slots, begin_behind_the_gap_when_their_start_does_not_exist) {
  EXPECT_THAT(slots_on("2027-03-14", on_sundays(150, 300), "America/New_York"),
              ElementsAre("2027-03-14T07:00:00Z", "2027-03-14T08:00:00Z"));
  EXPECT_THAT(slots_on("2027-03-14", on_sundays(120, 180), "America/New_York"), IsEmpty());
}

TEST(Slots, follow_a_change_of_half_an_hour) {
  // Lord Howe: 02:00 -> 02:30 on 3 October, 02:00 -> 01:30 on 4 April 2027.
  EXPECT_THAT(slots_on("2027-10-02", on_sundays(60, 180), "Australia/Lord_Howe"),
              ElementsAre("2027-10-02T14:30:00Z"));
  EXPECT_THAT(slots_on("2027-04-03", on_sundays(60, 180), "Australia/Lord_Howe", 60min, 30min),
              ElementsAre("2027-04-03T14:00:00Z", "2027-04-03T14:30:00Z", "2027-04-03T15:00:00Z",
                          "2027-04-03T15:30:00Z"));
}

TEST(Slots, of_zones_that_are_off_by_quarters_of_an_hour) {
  EXPECT_THAT(slots_on("2027-01-02", on_sundays(540, 660), "Pacific/Chatham"),
              ElementsAre("2027-01-02T19:15:00Z", "2027-01-02T20:15:00Z"));
  EXPECT_THAT(slots_on("2027-01-03", on_sundays(540, 660), "Asia/Kathmandu"),
              ElementsAre("2027-01-03T03:15:00Z", "2027-01-03T04:15:00Z"));
}

TEST(Slots, follow_a_zone_that_changed_its_rules) {
  // Mexico gave up summer time in 2022; Sundays in May before and after.
  EXPECT_THAT(slots_on("2022-05-01", on_sundays(540, 600), "America/Mexico_City"),
              ElementsAre("2022-05-01T14:00:00Z"));
  EXPECT_THAT(slots_on("2027-05-02", on_sundays(540, 600), "America/Mexico_City"),
              ElementsAre("2027-05-02T15:00:00Z"));
}

TEST(Slots, may_span_intervals_that_touch) {
  // Saturday 23:30 to midnight and Sunday from midnight are an hour.
  Availability const overnight{.rules = {{.weekday = 6, .start_min = 1410, .end_min = 1440},
                                         {.weekday = 0, .start_min = 0, .end_min = 30}},
                               .exceptions = {}};
  EXPECT_THAT(slots_on("2027-01-02", overnight, "UTC"), ElementsAre("2027-01-02T23:30:00Z"));
  Availability const halves{.rules = {{.weekday = 0, .start_min = 540, .end_min = 630},
                                      {.weekday = 0, .start_min = 630, .end_min = 720}},
                            .exceptions = {}};
  EXPECT_THAT(slots_on("2027-01-03", halves, "UTC"),
              ElementsAre("2027-01-03T09:00:00Z", "2027-01-03T10:00:00Z", "2027-01-03T10:30:00Z"));
}

TEST(Slots, of_rules_with_dates_are_on_these_only) {
  Availability const dated{.rules = {{.weekday = 0,
                                      .start_min = 540,
                                      .end_min = 600,
                                      .valid_from = day("2027-01-10"),
                                      .valid_to = day("2027-01-17")}},
                           .exceptions = {}};
  EXPECT_THAT(slots_on("2027-01-03", dated, "UTC"), IsEmpty());
  EXPECT_THAT(slots_on("2027-01-10", dated, "UTC"), ElementsAre("2027-01-10T09:00:00Z"));
  EXPECT_THAT(slots_on("2027-01-17", dated, "UTC"), ElementsAre("2027-01-17T09:00:00Z"));
  EXPECT_THAT(slots_on("2027-01-24", dated, "UTC"), IsEmpty());
}

TEST(AnException, that_blocks_empties_its_date) {
  auto availability = on_sundays(540, 1020);
  availability.exceptions = {block("2027-01-03")};
  EXPECT_THAT(slots_on("2027-01-03", availability, "America/New_York"), IsEmpty());
  EXPECT_EQ(slots_on("2027-01-10", availability, "America/New_York").size(), 8);
}

TEST(AnException, that_opens_adds_to_rules) {
  auto availability = on_sundays(540, 600);
  availability.exceptions = {open("2027-01-03", 720, 780), open("2027-01-04", 0, 60)};
  EXPECT_THAT(slots_on("2027-01-03", availability, "UTC"),
              ElementsAre("2027-01-03T09:00:00Z", "2027-01-03T12:00:00Z"));
  EXPECT_THAT(slots_on("2027-01-04", availability, "UTC"), ElementsAre("2027-01-04T00:00:00Z"));
}

TEST(AnException, that_blocks_wins_over_one_that_opens) {
  Availability const availability{
      .rules = {}, .exceptions = {block("2027-01-03", 570, 630), open("2027-01-03", 540, 720)}};
  EXPECT_THAT(slots_on("2027-01-03", availability, "UTC"), ElementsAre("2027-01-03T10:30:00Z"));
}

TEST(AnException, in_the_middle_leaves_two_intervals) {
  auto availability = on_sundays(540, 840);
  availability.exceptions = {block("2027-01-03", 690, 705)};
  auto const day_of_it = Interval{at("2027-01-03T00:00:00Z"), at("2027-01-04T00:00:00Z")};
  EXPECT_THAT(open_intervals(availability, zone("UTC"), day_of_it),
              ElementsAre(Interval{at("2027-01-03T09:00:00Z"), at("2027-01-03T11:30:00Z")},
                          Interval{at("2027-01-03T11:45:00Z"), at("2027-01-03T14:00:00Z")}));
  EXPECT_THAT(slots_on("2027-01-03", availability, "UTC"),
              ElementsAre("2027-01-03T09:00:00Z", "2027-01-03T10:00:00Z", "2027-01-03T11:45:00Z",
                          "2027-01-03T12:45:00Z"));
}

TEST(AnException, that_lies_in_the_gap_of_spring_changes_nothing) {
  auto availability = on_sundays(30, 300);
  auto const slots = slots_on("2027-03-14", availability, "America/New_York");
  availability.exceptions = {block("2027-03-14", 120, 180)};
  EXPECT_EQ(slots_on("2027-03-14", availability, "America/New_York"), slots);
}

TEST(ATimeOnOffer, is_one_of_the_slots) {
  auto const availability = on_sundays(540, 1020);
  auto const new_york = zone("America/New_York");
  auto const is_offered = [&](std::string_view start) {
    return is_on_offer(availability, new_york, at(start), 60min, 60min);
  };
  EXPECT_TRUE(is_offered("2027-03-14T13:00:00Z"));
  EXPECT_FALSE(is_offered("2027-03-14T13:00:00.000001Z"));
  EXPECT_FALSE(is_offered("2027-03-14T13:30:00Z"));
  EXPECT_TRUE(is_offered("2027-03-14T20:00:00Z"));
  EXPECT_FALSE(is_offered("2027-03-14T21:00:00Z"));
}

TEST(FreeTimes, leave_out_what_overlaps_something_taken_with_the_gap_behind) {
  std::vector const starts = {at("2027-01-03T09:00:00Z"), at("2027-01-03T10:00:00Z"),
                              at("2027-01-03T11:00:00Z"), at("2027-01-03T12:00:00Z")};
  std::vector<Interval> const taken = {{at("2027-01-03T11:00:00Z"), at("2027-01-03T12:00:00Z")}};
  EXPECT_THAT(without_taken(starts, 60min, 0min, taken),
              ElementsAre(starts[0], starts[1], starts[3]));
  EXPECT_THAT(without_taken(starts, 60min, 15min, taken), ElementsAre(starts[0], starts[3]));
  EXPECT_EQ(without_taken(starts, 60min, 15min, {}), starts);
}

TEST(Rules, that_overlap_or_are_impossible_are_named) {
  auto const field = [](std::vector<AvailabilityRule> const& rules) {
    auto const faults = faults_of(rules);
    return faults.empty() ? "" : faults.front().field;
  };
  AvailabilityRule const morning{.weekday = 1, .start_min = 540, .end_min = 720};
  auto changed = [&](auto change) {
    auto rule = morning;
    change(rule);
    return rule;
  };
  auto const afternoon = changed([](auto& rule) { rule.start_min = 720, rule.end_min = 900; });
  EXPECT_EQ(field({morning, afternoon}), "");
  EXPECT_EQ(field({morning, changed([](auto& rule) { rule.weekday = 2; })}), "");
  EXPECT_EQ(field({afternoon, changed([](auto& rule) { rule.end_min = 721; })}), "rules[1]");
  EXPECT_EQ(field({changed([](auto& rule) { rule.weekday = 7; })}), "rules[0].weekday");
  EXPECT_EQ(field({morning, changed([](auto& rule) { rule.start_min = rule.end_min; })}),
            "rules[1].end_min");
  EXPECT_EQ(field({changed([](auto& rule) { rule.end_min = 1441; })}), "rules[0].end_min");
  EXPECT_EQ(field({changed([](auto& rule) { rule.start_min = -1; })}), "rules[0].start_min");
  auto const until = changed([](auto& rule) { rule.valid_to = day("2027-01-31"); });
  EXPECT_EQ(field({until, changed([](auto& rule) { rule.valid_from = day("2027-02-01"); })}), "");
  EXPECT_EQ(field({until, changed([](auto& rule) { rule.valid_from = day("2027-01-31"); })}),
            "rules[1]");
}

TEST(ALocalDate, is_read_and_written_the_same) {
  EXPECT_EQ(to_text(day("2027-02-28")), "2027-02-28");
  EXPECT_TRUE(parse_local_date("2028-02-29"));
  for (auto const* text : {"2027-02-29", "2027-2-28", "2027-00-10", "2027-13-01", "27-01-01", "",
                           "2027-01-01T00:00:00Z", "2027/01/01", "0000-01-01", "-027-01-01"})
    EXPECT_FALSE(parse_local_date(text)) << text;
}

// What follows draws trainers at random: zones with every kind of change, around every change of
// 2027, with rules, blocks and open dates.

struct Drawn {
  Availability availability;
  TimeZone zone = TimeZone::utc();
  Interval window;
  minutes length{60};
  minutes step{60};

  std::vector<Interval> open() const {
    return open_intervals(availability, zone, {window.start, window.end + length});
  }
  std::vector<Instant> slots() const { return slot_starts(open(), length, step, window); }
};

std::pair<int, int> drawn_minutes() {
  int const start = 15 * *rc::gen::inRange(0, 96);
  int const end = std::min(1440, start + 15 * *rc::gen::inRange(1, 40));
  return {start, end};
}

Availability drawn_availability(std::chrono::sys_days around) {
  Availability availability;
  for (int count = *rc::gen::inRange(0, 6); count > 0; --count) {
    auto const [start, end] = drawn_minutes();
    availability.rules.push_back(
        {.weekday = *rc::gen::inRange(0, 7), .start_min = start, .end_min = end});
  }
  for (int count = *rc::gen::inRange(0, 4); count > 0; --count) {
    AvailabilityException exception{
        .date = LocalDate{around + std::chrono::days{*rc::gen::inRange(-2, 4)}},
        .kind = *rc::gen::element(ExceptionKind::block, ExceptionKind::open)};
    if (*rc::gen::inRange(0, 4) > 0) {
      auto const [start, end] = drawn_minutes();
      exception.start_min = start;
      exception.end_min = end;
    }
    availability.exceptions.push_back(exception);
  }
  return availability;
}

Drawn drawn() {
  static std::vector<TimeZone> const zones = {
      zone("America/New_York"),  zone("Europe/London"),    zone("Australia/Lord_Howe"),
      zone("Pacific/Chatham"),   zone("America/Havana"),   zone("Asia/Kathmandu"),
      zone("Africa/Casablanca"), zone("America/Santiago"), zone("UTC")};
  static std::vector<std::string> const dates = {"2027-03-13", "2027-03-27", "2027-04-03",
                                                 "2027-09-25", "2027-10-02", "2027-11-06",
                                                 "2027-02-06", "2027-04-10", "2027-07-01"};
  std::chrono::sys_days const around{day(*rc::gen::elementOf(dates))};
  Instant const start = around + minutes{*rc::gen::inRange(0, 1440)};
  return {.availability = drawn_availability(around),
          .zone = *rc::gen::elementOf(zones),
          .window = {start, start + minutes{*rc::gen::inRange(1, 2880)}},
          .length = minutes{*rc::gen::element(5, 30, 45, 60, 90, 480)},
          .step = minutes{*rc::gen::element(15, 30, 60)}};
}

/// Whether every instant of it is in one of the intervals; minute by minute, which is how all of
/// them begin and end here.
bool is_covered(Interval const& whole, std::vector<Interval> const& by) {
  for (auto minute = whole.start; minute < whole.end; minute += 1min)
    if (std::ranges::none_of(
            by, [&](auto const& part) { return part.start <= minute && minute < part.end; }))
      return false;
  return true;
}

TEST(EverySlot, lies_wholly_inside_of_open_time) {
  testing::holds_in_many_cases([] {
    auto const trainer = drawn();
    auto const open = trainer.open();
    for (auto const start : trainer.slots()) {
      RC_ASSERT(trainer.window.start <= start && start < trainer.window.end);
      RC_ASSERT(is_covered({start, start + trainer.length}, open));
    }
  });
}

TEST(EverySlot, is_steps_behind_the_first_instant_of_an_interval) {
  testing::holds_in_many_cases([] {
    auto const trainer = drawn();
    auto const open = trainer.open();
    auto const slots = trainer.slots();
    RC_ASSERT(std::ranges::adjacent_find(slots, std::greater_equal{}) == slots.end());
    for (auto const start : slots)
      RC_ASSERT(std::ranges::any_of(open, [&](auto const& interval) {
        return interval.start <= start && start < interval.end &&
               (start - interval.start) % trainer.step == 0us;
      }));
  });
}

TEST(EverySlot, and_nothing_else_is_on_offer) {
  testing::holds_in_many_cases([] {
    auto const trainer = drawn();
    auto const slots = trainer.slots();
    // Some instant, and those beside a slot.
    std::vector<Instant> asked = {trainer.window.start};
    if (!slots.empty()) {
      auto const slot = *rc::gen::elementOf(slots);
      asked.insert(asked.end(), {slot, slot + 15min, slot - 15min, slot + 1us, slot - 1us});
    }
    for (auto const start : asked) {
      if (start < trainer.window.start || start >= trainer.window.end) continue;
      RC_ASSERT(is_on_offer(trainer.availability, trainer.zone, start, trainer.length,
                            trainer.step) == std::ranges::binary_search(slots, start));
    }
  });
}

TEST(OpenTime, covers_no_blocked_minute) {
  testing::holds_in_many_cases([] {
    auto const trainer = drawn();
    for (auto const& interval : trainer.open()) {
      for (auto minute = interval.start; minute < interval.end; minute += 1min) {
        auto const date = trainer.zone.date_at(minute);
        auto const local =
            std::chrono::floor<std::chrono::days>(minute + trainer.zone.offset_at(minute));
        auto const of_day = (minute + trainer.zone.offset_at(minute) - local) / 1min;
        for (auto const& exception : trainer.availability.exceptions)
          RC_ASSERT(exception.kind == ExceptionKind::open || exception.date != date ||
                    of_day < exception.start_min.value_or(0) ||
                    of_day >= exception.end_min.value_or(1440));
      }
    }
  });
}

}  // namespace
}  // namespace insighta::booking
