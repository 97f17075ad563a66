#include "booking/repositories/appointments_fixture.hpp"
#include "booking/repositories/integrity_repository.hpp"

namespace insighta::booking {
namespace {

class Integrity : public AppointmentsTest {
 protected:
  /// What does not hold, like "I3:2"; nothing when all is well.
  std::string found() {
    std::string text;
    for (auto const& check : await(integrity_.check()).checks) {
      if (check.count == 0) continue;
      if (!text.empty()) text += ' ';
      text += fmt::format("{}:{}", check.id, check.count);
    }
    return text;
  }

 private:
  IntegrityRepository integrity_{database()};
};

TEST_F(Integrity, holds_for_appointments_of_every_kind) {
  auto const report = await(IntegrityRepository{database()}.check());
  EXPECT_EQ(report.checks.size(), 10U);
  EXPECT_TRUE(report.is_ok());
  EXPECT_EQ(found(), "");
}

TEST_F(Integrity, counts_claims_of_one_trainer_that_overlap) {
  // Within the gap behind the booking, and days long: not only neighbours are compared.
  execute(R"sql(
    alter table booking.time_claims drop constraint claim_trainer_free;
    insert into booking.time_claims (id, trainer_id, during, blocked, kind, owner_id, created_at)
    select booking.id(n), booking.id(1), r, r, 'time_off', booking.id(n), now()
    from (values (61, tstzrange('2027-02-01T13:10:00Z', '2027-02-01T14:00:00Z')),
      (62, tstzrange('2027-02-11T23:00:00Z', '2027-02-12T02:00:00Z'))) as t(n, r))sql");
  EXPECT_EQ(found(), "I1:2");
}

TEST_F(Integrity, counts_claims_of_one_client_that_overlap) {
  execute(R"sql(
    alter table booking.time_claims drop constraint claim_client_free;
    insert into booking.time_claims (id, trainer_id, client_id, during, blocked, kind, owner_id, expires_at, created_at)
    values (booking.id(61), booking.id(3), booking.id(2), '[2027-02-01T12:30:00Z,2027-02-01T13:30:00Z)',
      '[2027-02-01T12:30:00Z,2027-02-01T13:30:00Z)', 'hold', booking.id(61), now(), now()))sql");
  EXPECT_EQ(found(), "I2:1");
}

TEST_F(Integrity, counts_confirmed_bookings_without_a_claim) {
  execute("delete from booking.time_claims where owner_id = booking.id(21)");
  EXPECT_EQ(found(), "I3:1");
}

TEST_F(Integrity, counts_claims_that_are_not_their_bookings_interval_on_both_sides) {
  execute(
      R"sql(update booking.time_claims set during = '[2027-02-01T12:00:00Z,2027-02-01T12:30:00Z)'
    where owner_id = booking.id(21))sql");
  EXPECT_EQ(found(), "I3:2");
}

TEST_F(Integrity, counts_claims_of_appointments_that_are_over_or_never_were) {
  execute(R"sql(
    insert into booking.time_claims (id, trainer_id, client_id, during, blocked, kind, owner_id, created_at)
    select booking.id(60 + n), booking.id(1), booking.id(2), r, r, kind, booking.id(n), now()
    from (values (11, 'discovery', tstzrange('2027-01-02T10:00:00Z', '2027-01-02T10:30:00Z')),
      (23, 'booking', tstzrange('2027-02-03T10:00:00Z', '2027-02-03T11:00:00Z')),
      (99, 'booking', tstzrange('2027-02-04T10:00:00Z', '2027-02-04T11:00:00Z'))) as t(n, kind, r))sql");
  EXPECT_EQ(found(), "I3:3");
}

TEST_F(Integrity, counts_a_second_claim_of_one_booking) {
  execute(R"sql(
    alter table booking.time_claims drop constraint claim_once_per_owner;
    insert into booking.time_claims (id, trainer_id, client_id, during, blocked, kind, owner_id, created_at)
    values (booking.id(61), booking.id(1), booking.id(2), '[2027-02-02T12:00:00Z,2027-02-02T13:00:00Z)',
      '[2027-02-02T12:00:00Z,2027-02-02T13:00:00Z)', 'booking', booking.id(21), now()))sql");
  EXPECT_EQ(found(), "I3:1");
}

TEST_F(Integrity, counts_holds_and_time_off_that_belong_to_something_else) {
  execute("update booking.time_claims set owner_id = booking.id(90) where kind = 'hold'");
  EXPECT_EQ(found(), "I3:1");
}

TEST_F(Integrity, counts_bookings_that_were_not_debited_once) {
  execute(R"sql(
    alter table booking.credit_entries disable trigger user;
    delete from booking.credit_entries where kind = 'debit' and booking_id in (booking.id(21), booking.id(24)))sql");
  EXPECT_EQ(found(), "I4:2");
}

TEST_F(Integrity, counts_bookings_that_were_refunded_twice) {
  execute(R"sql(
    drop index booking.entry_once_per_booking;
    insert into booking.credit_entries (subscription_id, kind, delta, booking_id, period_no, reason, at)
    values (booking.id(5), 'refund', 1, booking.id(24), 1, '', now()))sql");
  EXPECT_EQ(found(), "I4:1");
}

TEST_F(Integrity, counts_negative_balances) {
  execute(R"sql(
    insert into booking.credit_entries (subscription_id, kind, delta, period_no, reason, at)
    values (booking.id(5), 'adjust', -10, 1, '', now()))sql");
  EXPECT_EQ(found(), "I5:1");
}

TEST_F(Integrity, counts_outcomes_that_contradict_notice_and_canceller) {
  // 12 hours exactly give nothing back to the client, and one microsecond more does.
  execute("update booking.bookings set refund_outcome = 'credited' where id = booking.id(23)");
  EXPECT_EQ(found(), "I6:1");
  execute("update booking.bookings set decided_notice_us = 43200000001 where id = booking.id(23)");
  EXPECT_EQ(found(), "");
  execute("update booking.bookings set refund_outcome = 'forfeited' where id = booking.id(24)");
  EXPECT_EQ(found(), "I6:1");
}

TEST_F(Integrity, counts_sessions_that_do_not_go_with_their_bookings) {
  execute("update booking.sessions set status = 'missed' where booking_id = booking.id(21)");
  EXPECT_EQ(found(), "I7:1");
  execute("update booking.sessions set status = 'in_session' where booking_id = booking.id(21)");
  EXPECT_EQ(found(), "");
  execute("delete from booking.sessions where booking_id = booking.id(22)");
  EXPECT_EQ(found(), "I7:1");
}

TEST_F(Integrity, counts_histories_with_a_gap_or_without_a_beginning) {
  execute(R"sql(
    alter table booking.booking_events disable trigger user;
    delete from booking.outbox where event_number = 1 and subject_id in (booking.id(11), booking.id(21));
    delete from booking.booking_events where number = 1 and subject_id in (booking.id(11), booking.id(21));
    delete from booking.outbox where subject_id = booking.id(22);
    delete from booking.booking_events where subject_id = booking.id(22))sql");
  EXPECT_EQ(found(), "I8:3");
}

TEST_F(Integrity, counts_moves_that_are_not_the_clients) {
  execute("update booking.bookings set reschedule_count = 2 where id = booking.id(21)");
  EXPECT_EQ(found(), "I8:1");
  execute("select booking.happened(booking.id(21), 'rescheduled', 'trainer')");
  EXPECT_EQ(found(), "I8:1");
  execute("select booking.happened(booking.id(21), 'rescheduled', 'client')");
  EXPECT_EQ(found(), "");
}

TEST_F(Integrity, counts_events_that_nobody_is_told_of) {
  execute(
      "delete from booking.outbox where subject_id = booking.id(22) and recipient = booking.id(1)");
  EXPECT_EQ(found(), "");
  execute("delete from booking.outbox where subject_id = booking.id(22)");
  EXPECT_EQ(found(), "I9:2");
}

TEST_F(Integrity, counts_ratings_that_differ_from_the_reviews) {
  execute("update booking.trainers set rating_sum = 4 where id = booking.id(1)");
  EXPECT_EQ(found(), "I10:1");
  execute("update booking.trainers set rating_sum = 5 where id = booking.id(1)");
  EXPECT_EQ(found(), "");
  execute("delete from booking.reviews");
  EXPECT_EQ(found(), "I10:1");
}

}  // namespace
}  // namespace insighta::booking
