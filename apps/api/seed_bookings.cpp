#ifdef INSIGHTA_DEVELOPMENT

#include "seed_bookings.hpp"

#include "background.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/time_zone/time_zone.hpp"
#include "seed_steps.hpp"

namespace insighta::api {

namespace {

using namespace std::chrono_literals;
using booking::AvailabilityRule;
using booking::Trainer;
using std::chrono::days;

constexpr int hour = 60;

/// The same hours from one weekday to another.
void add_days(std::vector<AvailabilityRule>& rules, int first, int last, int from, int to) {
  for (int weekday = first; weekday <= last; ++weekday)
    rules.push_back({.weekday = weekday, .start_min = from * hour, .end_min = to * hour});
}

std::vector<AvailabilityRule> week_of_tara() {
  std::vector<AvailabilityRule> rules;
  add_days(rules, 1, 5, 9, 18);
  add_days(rules, 6, 6, 10, 14);
  return rules;
}

/// Early shifts, a split Tuesday and a long Thursday.
std::vector<AvailabilityRule> week_of_theo() {
  std::vector<AvailabilityRule> rules;
  for (int const weekday : {1, 3, 5}) add_days(rules, weekday, weekday, 6, 12);
  add_days(rules, 2, 2, 8, 12);
  add_days(rules, 2, 2, 15, 19);
  add_days(rules, 4, 4, 12, 20);
  add_days(rules, 6, 6, 9, 13);
  return rules;
}

booking::TermsChange terms_of_tara() {
  return {
      .time_zone = "Europe/Berlin",
      .session_minutes = 60,
      .slot_step = 30,
      .gap_minutes = 15,
      .bio = "Barbells and better joints. Fifteen years of coaching, from first squat to stage.",
      .specialisations = std::vector<std::string>{"strength", "mobility"}};
}

booking::TermsChange terms_of_theo() {
  return {.time_zone = "America/New_York",
          .session_minutes = 45,
          .slot_step = 15,
          .gap_minutes = 0,
          .bio = "Yoga before sunrise, long runs after. I get people over their first marathon.",
          .specialisations = std::vector<std::string>{"yoga", "endurance"}};
}

TimeZone zone_of(Trainer const& trainer) {
  auto const zone = TimeZone::find(trainer.terms.time_zone);
  ensure(zone.has_value(), "a trainer's zone was checked when it was stored");
  return *zone;
}

/// What these people did and are going to do. A trainer's first free start from some instant on is
/// at most two days later, so that days apart keep things in order on any weekday. Of each client
/// in the order of time: a ledger is read in the order in which it was written.
class Story {
 public:
  Story(BookingParts::UseCases use_cases, Cast const& cast, Instant now)
      : cast_(cast), steps_(use_cases, who("ada")), now_(now) {}

  Task<void> tell() {
    co_await trainers_begin();
    co_await clients_begin();
    co_await cleo();
    co_await carl();
    co_await user1();
    co_await user2();
    co_await user3();
    co_await trainers_rest();
  }

 private:
  identity::Actor const& who(std::string const& login) const { return cast_.at(login); }

  Task<void> trainers_begin() {
    auto const at = now_ - days{28};
    tara_ = co_await steps_.make_trainer(who("tara"), terms_of_tara(), week_of_tara(), at);
    theo_ = co_await steps_.make_trainer(who("theo"), terms_of_theo(), week_of_theo(), at + 3h);
  }

  Task<void> clients_begin() {
    auto const at = now_ - days{20};
    co_await steps_.make_client(who("cleo"),
                                {.display_name = "Cleo Client",
                                 .time_zone = "Europe/London",
                                 .phone = "+442079460123",
                                 .goals = "Deadlift my own weight."},
                                at);
    co_await steps_.make_client(who("carl"),
                                {.display_name = "Carl Client",
                                 .time_zone = "America/Chicago",
                                 .goals = "Touch my toes, then run ten kilometres."},
                                at);
    for (auto const* const login : {"user1", "user2", "user3"})
      co_await steps_.make_client(who(login),
                                  {.display_name = login, .time_zone = "America/New_York"}, at);
  }

  /// Talked, bought a month, trained and praised it, cancelled once, and comes twice more.
  Task<void> cleo() {
    auto const& me = who("cleo");
    auto const call = co_await steps_.book_call(me, tara_, now_ - days{13}, "Stronger legs.");
    co_await steps_.complete_call(who("tara"), call, "Good knees, weak hips. Twice a week.");
    co_await steps_.buy_credits(me, tara_, "committed", call.time.end + 1h);
    auto const held = co_await steps_.book(me, tara_, now_ - days{8}, now_ - days{10});
    co_await steps_.hold_session(who("tara"), me, held,
                                 "Squats 3 x 5 at 40 kg, depth is fine. Next time 45 kg.");
    co_await steps_.review(me, held, 5, "Patient, precise, and I could walk the next day.",
                           held.time.end + 3h);
    auto const dropped = co_await steps_.book(me, tara_, now_ + days{5}, now_ - days{3});
    co_await steps_.book(me, tara_, now_ + days{3}, now_ - days{2});
    co_await steps_.cancel(me, dropped, "A cold", now_ - days{1});
    co_await steps_.book(me, tara_, now_ + 90min, now_ - 20h);
  }

  /// Talked and has not paid yet; talks to somebody else next.
  Task<void> carl() {
    auto const& me = who("carl");
    auto const call = co_await steps_.book_call(me, tara_, now_ - days{6}, "Run ten kilometres.");
    co_await steps_.complete_call(who("tara"), call, "Starts from nothing; no complaints.");
    co_await steps_.ask_for_credits(me, tara_, "single", call.time.end + 1h);
    co_await steps_.book_call(me, theo_, now_ + 36h, "Touch my toes.");
  }

  /// Did not come to the only session.
  Task<void> user1() {
    auto const& me = who("user1");
    auto const call = co_await steps_.book_call(me, theo_, now_ - days{12}, "Sleep better.");
    co_await steps_.complete_call(who("theo"), call, "Evenings are best.");
    co_await steps_.buy_credits(me, theo_, "single", call.time.end + 1h);
    auto const missed = co_await steps_.book(me, theo_, now_ - days{4}, now_ - days{6});
    co_await steps_.miss_session(who("theo"), missed);
  }

  /// Moved a booking.
  Task<void> user2() {
    auto const& me = who("user2");
    auto const call = co_await steps_.book_call(me, theo_, now_ - days{11}, "A marathon.");
    co_await steps_.complete_call(who("theo"), call, "Half of it is there already.");
    co_await steps_.buy_credits(me, theo_, "consistent", call.time.end + 1h);
    auto const moved = co_await steps_.book(me, theo_, now_ + days{6}, now_ - days{3});
    co_await steps_.move(me, theo_, moved, now_ + days{8}, now_ - days{2});
  }

  /// Waited for a trainer who did not come, and tries another.
  Task<void> user3() {
    auto const& me = who("user3");
    auto const missed = co_await steps_.book_call(me, theo_, now_ - days{5}, "Balance.");
    co_await steps_.report_missed_call(me, missed);
    co_await steps_.book_call(me, tara_, now_ + 30h, "Balance.");
  }

  Task<void> trainers_rest() {
    auto const tara = zone_of(tara_);
    auto const working =
        co_await steps_.free_start(tara_, now_ + days{14}, now_, tara_.terms.session_length());
    co_await steps_.block_date(who("tara"), tara.date_at(working), now_);
    auto const theo = zone_of(theo_);
    auto const midnight = [&](days from_now) {
      return theo.first_instant_of(theo.date_at(now_ + from_now), 0min);
    };
    co_await steps_.take_time_off(who("theo"), {midnight(days{35}), midnight(days{42})}, now_);
  }

  Cast const& cast_;
  SeedSteps steps_;
  Instant now_;
  Trainer tara_;
  Trainer theo_;
};

}  // namespace

Task<bool> seed_bookings(Background& background, Cast const& cast) {
  auto const use_cases = background.booking.use_cases();
  for (auto const& [login, actor] : cast) {
    auto const caller = co_await use_cases.commands.caller_of(actor);
    if (caller.client_id || caller.trainer_id) co_return false;
  }
  auto const now = std::chrono::floor<std::chrono::seconds>(background.clock->now());
  Story story(use_cases, cast, now);
  co_await story.tell();
  co_return true;
}

}  // namespace insighta::api

#endif
