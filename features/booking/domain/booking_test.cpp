#include "booking/domain/booking.hpp"

#include "platform/testing/many_cases.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr BookingStatus all_statuses[] = {BookingStatus::confirmed, BookingStatus::cancelled,
                                          BookingStatus::completed, BookingStatus::no_show_client,
                                          BookingStatus::no_show_trainer};
constexpr SessionStatus all_session_statuses[] = {
    SessionStatus::booked,    SessionStatus::started,   SessionStatus::in_session,
    SessionStatus::completed, SessionStatus::cancelled, SessionStatus::missed};
constexpr Party all_parties[] = {Party::client, Party::trainer, Party::admin, Party::system};

Instant const start = parse_rfc3339("2027-05-10T18:00:00Z").value();

Booking a_booking(BookingStatus status = BookingStatus::confirmed) {
  Booking booking;
  booking.time = {start, start + 60min};
  booking.status = status;
  if (status != BookingStatus::confirmed) booking.closed_at = start + 15min;
  return booking;
}

TrainingSession a_session(SessionStatus status) {
  TrainingSession session;
  session.status = status;
  return session;
}

template <class T>
std::string code_of(Result<T> const& result) {
  return result ? "" : result.error().code;
}

TEST(CancelBooking, is_possible_a_millisecond_before_the_start_and_not_at_it) {
  EXPECT_TRUE(decide_cancellation(a_booking(), Party::client, start - 1ms));
  EXPECT_EQ(code_of(decide_cancellation(a_booking(), Party::client, start)), "SESSION_STARTED");
  EXPECT_EQ(code_of(decide_cancellation(a_booking(), Party::admin, start + 1s)), "SESSION_STARTED");
}

TEST(CancelBooking, is_refused_in_every_other_state) {
  for (auto const status : all_statuses) {
    for (auto const party : all_parties) {
      auto const code = code_of(decide_cancellation(a_booking(status), party, start - 24h));
      if (status == BookingStatus::confirmed)
        EXPECT_EQ(code, "");
      else
        EXPECT_EQ(code,
                  status == BookingStatus::cancelled ? "ALREADY_CANCELLED" : "INVALID_TRANSITION");
    }
  }
}

TEST(CancelBooking, names_the_state_that_stands_in_the_way) {
  auto const refused =
      decide_cancellation(a_booking(BookingStatus::completed), Party::client, start - 24h);
  EXPECT_NE(refused.error().message.find("completed"), std::string::npos);
}

TEST(RescheduleBooking, is_locked_for_its_client_from_exactly_twelve_hours_on) {
  EXPECT_TRUE(may_reschedule(a_booking(), Party::client, start - 12h - 1ms));
  EXPECT_EQ(code_of(may_reschedule(a_booking(), Party::client, start - 12h)), "RESCHEDULE_LOCKED");
  for (auto const party : {Party::trainer, Party::admin}) {
    EXPECT_TRUE(may_reschedule(a_booking(), party, start - 1us));
    EXPECT_EQ(code_of(may_reschedule(a_booking(), party, start)), "SESSION_STARTED");
  }
}

TEST(RescheduleBooking, is_possible_three_times_for_its_client_and_always_for_an_admin) {
  auto booking = a_booking();
  booking.reschedule_count = 2;
  EXPECT_TRUE(may_reschedule(booking, Party::client, start - 24h));
  booking.reschedule_count = 3;
  EXPECT_EQ(code_of(may_reschedule(booking, Party::client, start - 24h)), "RESCHEDULE_LIMIT");
  EXPECT_TRUE(may_reschedule(booking, Party::admin, start - 24h));
  EXPECT_TRUE(may_reschedule(booking, Party::trainer, start - 24h));
}

TEST(RescheduleBooking, is_refused_in_every_other_state) {
  for (auto const status : all_statuses) {
    if (status == BookingStatus::confirmed) continue;
    for (auto const party : all_parties)
      EXPECT_EQ(code_of(may_reschedule(a_booking(status), party, start - 24h)),
                status == BookingStatus::cancelled ? "ALREADY_CANCELLED" : "INVALID_TRANSITION");
  }
}

// Kills the mutants `<` for `<=` at the lock, and created_at for the start.
TEST(RescheduleBooking, is_open_to_its_client_iff_the_notice_is_longer_than_twelve_hours) {
  testing::holds_in_many_cases([] {
    auto booking = a_booking();
    booking.created_at = start - std::chrono::hours{*rc::gen::inRange(0, 1000)};
    auto const near = microseconds{*rc::gen::inRange<std::int64_t>(-2, 3)};
    auto const far = microseconds{*rc::gen::inRange<std::int64_t>(1, 200'000'000'000)};
    auto const notice = *rc::gen::element<microseconds>(12h + near, far);
    booking.reschedule_count = *rc::gen::inRange(0, 4);
    auto const code = code_of(may_reschedule(booking, Party::client, start - notice));
    if (notice <= 12h)
      RC_ASSERT(code == "RESCHEDULE_LOCKED");
    else
      RC_ASSERT(code == (booking.reschedule_count < 3 ? "" : "RESCHEDULE_LIMIT"));
  });
}

TEST(ReportNoShow, of_a_client_counts_from_fifteen_minutes_on) {
  auto const started = a_session(SessionStatus::started);
  EXPECT_EQ(code_of(decide_no_show(a_booking(), started, Party::trainer, start + 14min + 59s)),
            "TOO_EARLY");
  EXPECT_EQ(decide_no_show(a_booking(), started, Party::trainer, start + 15min),
            BookingStatus::no_show_client);
  EXPECT_EQ(decide_no_show(a_booking(), started, Party::admin, start + 15min),
            BookingStatus::no_show_client);
  EXPECT_FALSE(decide_no_show(a_booking(), started, Party::client, start + 15min));
}

TEST(ReportNoShow, of_a_session_that_never_started_is_the_trainers) {
  auto const booked = a_session(SessionStatus::booked);
  EXPECT_EQ(code_of(decide_no_show(a_booking(), booked, Party::client, start + 15min - 1us)),
            "TOO_EARLY");
  EXPECT_EQ(decide_no_show(a_booking(), booked, Party::client, start + 15min),
            BookingStatus::no_show_trainer);
  EXPECT_EQ(decide_no_show(a_booking(), booked, Party::admin, start + 15min),
            BookingStatus::no_show_trainer);
  EXPECT_FALSE(decide_no_show(a_booking(), booked, Party::trainer, start + 15min));
}

TEST(ReportNoShow, is_refused_in_every_other_state) {
  for (auto const status : all_statuses) {
    for (auto const session : all_session_statuses) {
      bool const is_listed =
          status == BookingStatus::confirmed &&
          (session == SessionStatus::booked || session == SessionStatus::started);
      if (is_listed) continue;
      EXPECT_EQ(code_of(decide_no_show(a_booking(status), a_session(session), Party::admin,
                                       start + 20min)),
                "INVALID_TRANSITION");
    }
  }
}

TEST(CloseUnattended, says_who_did_not_come) {
  EXPECT_EQ(close_unattended(a_session(SessionStatus::booked)), BookingStatus::no_show_trainer);
  EXPECT_EQ(close_unattended(a_session(SessionStatus::started)), BookingStatus::no_show_client);
  EXPECT_EQ(close_unattended(a_session(SessionStatus::in_session)), BookingStatus::completed);
}

TEST(CorrectNoShow, moves_the_credit_that_the_other_outcome_would_have_moved) {
  auto const at = start + 24h;
  auto const from_client = a_booking(BookingStatus::no_show_client);
  auto const from_trainer = a_booking(BookingStatus::no_show_trainer);
  EXPECT_EQ(decide_correction(from_client, BookingStatus::no_show_trainer, at), 1);
  EXPECT_EQ(decide_correction(from_client, BookingStatus::completed, at), 0);
  EXPECT_EQ(decide_correction(from_trainer, BookingStatus::no_show_client, at), -1);
  EXPECT_EQ(decide_correction(from_trainer, BookingStatus::completed, at), -1);
}

TEST(CorrectNoShow, is_possible_for_forty_eight_hours) {
  auto const booking = a_booking(BookingStatus::no_show_client);
  EXPECT_TRUE(decide_correction(booking, BookingStatus::completed, *booking.closed_at + 48h));
  EXPECT_EQ(
      code_of(decide_correction(booking, BookingStatus::completed, *booking.closed_at + 48h + 1us)),
      "TOO_LATE");
}

TEST(CorrectNoShow, is_refused_between_any_other_pair_of_states) {
  for (auto const from : all_statuses) {
    for (auto const to : all_statuses) {
      bool const comes_from_no_show =
          from == BookingStatus::no_show_client || from == BookingStatus::no_show_trainer;
      bool const is_listed = comes_from_no_show && to != from && to != BookingStatus::confirmed &&
                             to != BookingStatus::cancelled;
      EXPECT_EQ(code_of(decide_correction(a_booking(from), to, start + 1h)),
                is_listed ? "" : "INVALID_TRANSITION");
    }
  }
}

TEST(ABookingStatus, pairs_with_that_of_its_session) {
  EXPECT_EQ(session_status_of(BookingStatus::confirmed), SessionStatus::booked);
  EXPECT_EQ(session_status_of(BookingStatus::cancelled), SessionStatus::cancelled);
  EXPECT_EQ(session_status_of(BookingStatus::completed), SessionStatus::completed);
  EXPECT_EQ(session_status_of(BookingStatus::no_show_client), SessionStatus::missed);
  EXPECT_EQ(session_status_of(BookingStatus::no_show_trainer), SessionStatus::missed);
}

TEST(ABookingStatus, is_read_and_written_the_same) {
  for (auto const status : all_statuses) EXPECT_EQ(parse_booking_status(to_string(status)), status);
  for (auto const status : all_session_statuses)
    EXPECT_EQ(parse_session_status(to_string(status)), status);
  EXPECT_FALSE(parse_booking_status("Confirmed"));
  EXPECT_FALSE(parse_session_status(""));
}

}  // namespace
}  // namespace insighta::booking
