#include "booking/services/appointment_fixture.hpp"
#include "platform/async/when_all.hpp"

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

class TrainingSessions : public AppointmentTest {
 protected:
  Result<Attendance> write(Actor const& actor, Booking const& booking, std::string const& notes) {
    return attend(actor, [&](Command const& c) {
      return sessions.write_notes(c, booking.session_id, notes);
    });
  }

  Instant const ten = *parse_rfc3339("2027-05-10T10:00:00Z");
};

TEST_F(TrainingSessions, take_place_from_start_to_notes) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten - 15min);
  EXPECT_EQ(code(join(cleo, booking)), "INVALID_TRANSITION");
  EXPECT_EQ(start(booking).value().session.started_at, ten - 15min);
  EXPECT_EQ(code(join(carl, booking)), "FORBIDDEN");
  EXPECT_EQ(code(join(cleo, booking)), "granted");
  EXPECT_EQ(code(join(cleo, booking)), "INVALID_TRANSITION");
  EXPECT_EQ(code(write(tara, booking, "strong")), "INVALID_TRANSITION");
  clock.set(ten + 50min);
  auto const done = complete(booking).value();
  EXPECT_EQ(done.booking.status, BookingStatus::completed);
  EXPECT_EQ(done.session.ended_at, ten + 50min);
  EXPECT_EQ(code(write(ada, booking, "strong")), "FORBIDDEN");
  EXPECT_EQ(write(tara, booking, "strong").value().session.notes, "strong");
  EXPECT_EQ(stored(booking.id).closed_at, ten + 50min);
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 0);
  EXPECT_EQ(count("select count(*) from booking.booking_events"), 5);
}

TEST_F(TrainingSessions, answer_the_version_that_is_stored) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten);
  auto const started = start(booking).value();
  Caller const client{.user_id = cleo.actor.user_id, .client_id = cleo.id, .trainer_id = {}};
  auto const found = await(sessions.get(client, booking.session_id)).value();
  EXPECT_EQ(started.session.version, found.session.version);
  EXPECT_EQ(started.booking.version, found.booking.version);
  EXPECT_EQ(started.session.version, 2);
}

TEST_F(TrainingSessions, completed_by_the_trainer_alone_had_their_client_there) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten);
  EXPECT_EQ(code(start(booking)), "granted");
  EXPECT_EQ(complete(booking).value().session.client_joined_at, ten);
}

TEST_F(TrainingSessions, missed_by_the_client_keep_the_credit_from_15_minutes_on) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten);
  start(booking).value();
  clock.set(ten + 14min + 59s);
  EXPECT_EQ(code(report_no_show(tara, booking)), "TOO_EARLY");
  clock.set(ten + 15min);
  auto const missed = report_no_show(tara, booking).value();
  EXPECT_EQ(missed.booking.status, BookingStatus::no_show_client);
  EXPECT_EQ(missed.booking.refund_outcome, RefundOutcome::forfeited);
  EXPECT_EQ(missed.balance, 11);
  EXPECT_EQ(balance_of(cleo), 11);
}

TEST_F(TrainingSessions, missed_by_the_trainer_give_the_credit_back_from_15_minutes_on) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten + 14min + 59s);
  EXPECT_EQ(code(report_no_show(cleo.actor, booking)), "TOO_EARLY");
  clock.set(ten + 15min);
  EXPECT_EQ(code(report_no_show(carl.actor, booking)), "FORBIDDEN");
  auto const missed = report_no_show(cleo.actor, booking).value();
  EXPECT_EQ(missed.booking.status, BookingStatus::no_show_trainer);
  EXPECT_EQ(missed.booking.session_status, SessionStatus::missed);
  EXPECT_EQ(missed.booking.refund_outcome, RefundOutcome::credited);
  EXPECT_EQ(missed.balance, 12);
  EXPECT_EQ(balance_of(cleo), 12);
}

TEST_F(TrainingSessions, corrected_back_and_forth_keep_the_ledger_exact) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten);
  start(booking).value();
  clock.set(ten + 15min);
  report_no_show(tara, booking).value();
  EXPECT_EQ(correct(booking, BookingStatus::no_show_trainer).value().balance, 12);
  EXPECT_EQ(correct(booking, BookingStatus::no_show_client).value().balance, 11);
  EXPECT_EQ(correct(booking, BookingStatus::no_show_trainer).value().balance, 12);
  EXPECT_EQ(correct(booking, BookingStatus::completed).value().balance, 11);
  EXPECT_EQ(code(correct(booking, BookingStatus::no_show_client)), "INVALID_TRANSITION");
  EXPECT_EQ(stored(booking.id).session_status, SessionStatus::completed);
  EXPECT_EQ(count("select count(*) from booking.credit_entries where kind = 'refund'"), 1);
}

TEST_F(TrainingSessions, can_be_corrected_by_an_admin_for_48_hours) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten + 15min);
  report_no_show(cleo.actor, booking).value();
  auto const by_trainer = close(tara, [&](Command const& c) {
    return sessions.correct(c, booking.id, BookingStatus::completed);
  });
  EXPECT_EQ(code(by_trainer), "FORBIDDEN");
  clock.set(ten + 15min + 48h + 1us);
  EXPECT_EQ(code(correct(booking, BookingStatus::completed)), "TOO_LATE");
  clock.set(ten + 15min + 48h);
  EXPECT_EQ(code(correct(booking, BookingStatus::completed)), "granted");
}

TEST_F(TrainingSessions, that_nobody_closed_are_closed_once_by_what_took_place) {
  auto const never_started = a_booking(cleo, ten);
  auto const never_joined = a_booking(cleo, ten + 1h);
  auto const left_open = a_booking(carl, ten + 2h);
  clock.set(ten + 1h);
  start(never_joined).value();
  clock.set(ten + 2h);
  start(left_open).value();
  join(carl, left_open).value();
  auto const due = ten + 3h + 15min;
  EXPECT_EQ(await(sessions.sweep(ten + 75min - 1us)), 0);
  auto const race = [&]() -> Task<std::int64_t> {
    auto [one, other] = co_await when_all(sessions.sweep(due), sessions.sweep(due));
    co_return one + other;
  };
  EXPECT_EQ(await(race()), 3);
  EXPECT_EQ(stored(never_started.id).status, BookingStatus::no_show_trainer);
  EXPECT_EQ(stored(never_joined.id).status, BookingStatus::no_show_client);
  EXPECT_EQ(stored(left_open.id).status, BookingStatus::completed);
  EXPECT_EQ(balance_of(cleo), 11);
  EXPECT_EQ(balance_of(carl), 11);
  EXPECT_EQ(await(sessions.sweep(due)), 0);
}

}  // namespace
}  // namespace insighta::booking
