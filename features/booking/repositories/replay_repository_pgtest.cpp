#include "booking/repositories/appointments_fixture.hpp"
#include "booking/repositories/replay_repository.hpp"

#include <gmock/gmock.h>

namespace insighta::booking {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Replay : public AppointmentsTest {
 protected:
  ~Replay() override { await(owner_.close()); }

  /// What differs, like "bookings 1 of 4 and 5: <ids>".
  std::vector<std::string> differences() {
    std::vector<std::string> lines;
    for (auto const& kind : await(replay_.compare()).kinds)
      if (kind.differing != 0)
        lines.push_back(fmt::format("{} {} of {} and {}: {}", kind.name, kind.differing,
                                    kind.replayed, kind.stored,
                                    fmt::join(kind.first_differing, " ")));
    return lines;
  }

  ReplayReport compare() { return await(replay_.compare()); }

 private:
  postgres::Database owner_{loop(), {.connection_string = owner_connection_string()}};
  ReplayRepository replay_{owner_};
};

TEST_F(Replay, rebuilds_everything_from_its_events) {
  auto const report = compare();
  EXPECT_TRUE(report.is_identical());
  std::vector<std::string> counts;
  for (auto const& kind : report.kinds)
    counts.push_back(fmt::format("{} {} {}", kind.name, kind.replayed, kind.stored));
  EXPECT_THAT(counts, ElementsAre("events 10 10", "bookings 4 4", "sessions 4 4", "calls 1 1",
                                  "claims 1 1"));
}

TEST_F(Replay, leaves_nothing_behind_and_can_be_repeated) {
  compare();
  EXPECT_TRUE(compare().is_identical());
  execute("create schema booking_replay");
}

TEST_F(Replay, passes_over_what_events_leave_out) {
  execute(R"sql(
    update booking.bookings set handle = 'forgotten', cancel_notes = null;
    update booking.sessions set notes = 'written later';
    update booking.discovery_calls set contact_handle = '', goals = '', outcome_notes = null)sql");
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Replay, names_what_was_changed_without_an_event) {
  execute(R"sql(
    update booking.bookings set end_at = end_at + interval '5 minutes' where id = booking.id(21);
    update booking.sessions set started_at = '2027-02-02T10:00:00Z' where booking_id = booking.id(22);
    update booking.discovery_calls set is_right_restored = true)sql");
  EXPECT_THAT(differences(),
              ElementsAre("bookings 1 of 4 and 4: " + id(21), "sessions 1 of 4 and 4: " + id(32),
                          "calls 1 of 1 and 1: " + id(11)));
}

TEST_F(Replay, names_claims_that_do_not_follow_from_the_events) {
  execute("delete from booking.time_claims where owner_id = booking.id(21)");
  EXPECT_THAT(differences(), ElementsAre("claims 1 of 1 and 0: " + id(21)));
}

TEST_F(Replay, names_what_has_no_events) {
  execute(R"sql(
    alter table booking.booking_events disable trigger user;
    delete from booking.outbox where subject_id = booking.id(23);
    delete from booking.booking_events where subject_id = booking.id(23))sql");
  EXPECT_THAT(differences(),
              ElementsAre("bookings 1 of 3 and 4: " + id(23), "sessions 1 of 3 and 4: " + id(33)));
}

TEST_F(Replay, names_histories_in_which_an_event_does_not_begin_where_the_last_one_ended) {
  execute(R"sql(
    alter table booking.booking_events disable trigger user;
    update booking.booking_events set before = before || '{"status": "completed"}'
    where subject_id = booking.id(24) and number = 2;
    delete from booking.outbox where subject_id = booking.id(21) and event_number = 1;
    delete from booking.booking_events where subject_id = booking.id(21) and number = 1)sql");
  EXPECT_THAT(differences(),
              ElementsAre(fmt::format("events 2 of 9 and 9: {} {}", id(21), id(24))));
}

}  // namespace
}  // namespace insighta::booking
