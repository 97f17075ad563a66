#include "booking/services/appointment_fixture.hpp"
#include "platform/async/when_all.hpp"

#include <fmt/format.h>

#include <array>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

class Sweeping : public AppointmentTest {
 protected:
  std::int64_t reminders_sent() {
    return count("select count(*) from booking.outbox where channel like 'reminder%'");
  }
  std::int64_t reminders_waiting() {
    return count("select count(*) from booking.reminders where queued_at is null");
  }
  void sweep_twice_at_once(Instant now) {
    Sweeper other{{claims, calls, sessions, credits, reminders, answers}};
    auto const run = [](Sweeper& worker, Instant at) -> Task<bool> {
      co_await worker.run(at);
      co_return true;
    };
    auto const race = [&]() -> Task<bool> {
      auto [one, two] = co_await when_all(run(sweeper, now), run(other, now));
      co_return one&& two;
    };
    EXPECT_TRUE(await(race()));
  }

  Instant const ten = *parse_rfc3339("2027-05-10T10:00:00Z");
};

TEST_F(Sweeping, sends_each_reminder_once_to_both_by_any_number_of_workers) {
  a_booking(cleo, ten);
  a_call(carl, ten + 1h);
  sweep_twice_at_once(ten - 24h - 1us);
  EXPECT_EQ(reminders_sent(), 0);
  sweep_twice_at_once(ten - 24h);
  EXPECT_EQ(reminders_sent(), 2);
  sweep_twice_at_once(ten - 1min);
  EXPECT_EQ(reminders_sent(), 8);
  sweep_twice_at_once(ten);
  EXPECT_EQ(reminders_sent(), 10);
  sweep_twice_at_once(ten);
  EXPECT_EQ(reminders_sent(), 10);
  EXPECT_EQ(count("select count(distinct channel) from booking.outbox "
                  "where channel in ('reminder_1440', 'reminder_60', 'reminder_30')"),
            3);
}

TEST_F(Sweeping, sends_no_reminder_of_what_is_over_or_was_cancelled_or_moved) {
  auto const cancelled = a_call(cleo, ten);
  auto const moved = a_call(carl, ten + 2h);
  ASSERT_TRUE(
      change(cleo.actor, [&](Command const& c) { return calls.cancel(c, cancelled.id, ""); }));
  ASSERT_TRUE(change(
      carl.actor, [&](Command const& c) { return calls.reschedule(c, moved.id, ten + 48h, ""); }));
  await(sweeper.run(ten + 2h));
  EXPECT_EQ(reminders_sent(), 0);
  await(sweeper.run(ten + 48h + 30min));
  EXPECT_EQ(reminders_sent(), 0);
  EXPECT_EQ(reminders_waiting(), 0);
}

TEST_F(Sweeping, changes_nothing_when_it_runs_again) {
  a_booking(cleo, ten);
  a_call(carl, ten + 2h);
  sweep_twice_at_once(ten + 72h);
  auto const everything = [&] {
    return std::array{count("select count(*) from booking.outbox"),
                      count("select count(*) from booking.booking_events"),
                      count("select count(*) from booking.credit_entries"),
                      count("select count(*) from booking.time_claims"), reminders_waiting()};
  };
  auto const before = everything();
  sweep_twice_at_once(ten + 72h);
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(before[1], 4);
  EXPECT_EQ(before[3], 0);
  EXPECT_EQ(balance_of(cleo), 12);
}

TEST_F(Sweeping, does_the_rest_when_one_booking_always_fails) {
  auto const broken = a_booking(cleo, ten);
  auto const other = a_booking(carl, ten + 2h);
  auto const remembered = a_booking(carl, ten + 6h);
  execute(
      fmt::format("create function booking.fail() returns trigger language plpgsql as "
                  "'begin raise exception ''planted''; end'; "
                  "create trigger planted before update on booking.bookings for each row "
                  "when (old.id = '{}') execute function booking.fail()",
                  broken.id.to_string()));
  EXPECT_THROW(await(sweeper.run(ten + 5h + 30min)), std::exception);
  EXPECT_EQ(stored(broken.id).status, BookingStatus::confirmed);
  EXPECT_EQ(stored(other.id).status, BookingStatus::no_show_trainer);
  EXPECT_GT(reminders_sent(), 0);
  EXPECT_EQ(stored(remembered.id).status, BookingStatus::confirmed);
}

TEST_F(Sweeping, frees_expired_holds_and_forgets_expired_answers) {
  execute(fmt::format(
      "insert into booking.time_claims (id, trainer_id, client_id, during, blocked, kind, "
      "owner_id, expires_at, created_at) select id, '{}', '{}', span, span, 'hold', id, "
      "'2027-05-01T00:05:00Z', '2027-05-01T00:00:00Z' from (select gen_random_uuid() as id, "
      "tstzrange('2027-05-10T10:00:00Z', '2027-05-10T11:00:00Z') as span) as hold",
      trainer_id.to_string(), cleo.id.to_string()));
  execute(fmt::format(
      "insert into booking.idempotency_keys (user_id, route, key, request_hash, expires_at) "
      "values ('{}', 'POST /x', 'k', '', '2027-05-01T00:05:00Z')",
      cleo.actor.user_id.to_string()));
  auto const expiry = *parse_rfc3339("2027-05-01T00:05:00Z");
  await(sweeper.run(expiry - 1us));
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 1);
  await(sweeper.run(expiry));
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 0);
  EXPECT_EQ(count("select count(*) from booking.idempotency_keys"), 0);
}

}  // namespace
}  // namespace insighta::booking
