#include "booking/domain/session_rules.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

auto const start = *parse_rfc3339("2027-05-10T18:00:00Z");
constexpr auto tick = 1us;

Booking a_booking(BookingStatus status = BookingStatus::confirmed) {
  return {.id = {},
          .client_id = {},
          .trainer_id = {},
          .subscription_id = {},
          .discovery_call_id = {},
          .series_id = {},
          .time = {start, start + 60min},
          .client_tz = "UTC",
          .contact = {},
          .status = status,
          .cancellation = {},
          .closed_at = {},
          .created_at = start - 240h};
}

TrainingSession a_session(SessionStatus status = SessionStatus::booked) {
  TrainingSession session{};
  session.status = status;
  return session;
}

template <class T>
std::string code(Result<T> const& result) {
  return result ? "granted" : result.error().code;
}

constexpr SessionStatus every[] = {SessionStatus::booked,     SessionStatus::started,
                                   SessionStatus::in_session, SessionStatus::completed,
                                   SessionStatus::cancelled,  SessionStatus::missed};

TEST(StartSession, is_possible_from_exactly_15_minutes_before) {
  for (auto const by : {Party::trainer, Party::admin}) {
    EXPECT_EQ(code(may_start(a_booking(), a_session(), by, start - 15min - tick)), "TOO_EARLY");
    EXPECT_EQ(code(may_start(a_booking(), a_session(), by, start - 15min)), "granted");
  }
}

TEST(StartSession, is_not_for_its_client) {
  EXPECT_EQ(code(may_start(a_booking(), a_session(), Party::client, start)), "FORBIDDEN");
}

TEST(StartSession, happens_once_and_only_to_a_confirmed_booking) {
  for (auto const status : every)
    if (status != SessionStatus::booked)
      EXPECT_EQ(code(may_start(a_booking(), a_session(status), Party::trainer, start)),
                "INVALID_TRANSITION");
  EXPECT_EQ(
      code(may_start(a_booking(BookingStatus::cancelled), a_session(), Party::trainer, start)),
      "INVALID_TRANSITION");
}

TEST(JoinSession, is_for_its_client_once_after_it_was_started) {
  for (auto const status : every)
    EXPECT_EQ(code(may_join(a_session(status), Party::client)),
              status == SessionStatus::started ? "granted" : "INVALID_TRANSITION");
  for (auto const by : {Party::trainer, Party::admin})
    EXPECT_EQ(code(may_join(a_session(SessionStatus::started), by)), "FORBIDDEN");
}

TEST(CompleteSession, is_possible_with_and_without_the_clients_joining) {
  for (auto const status : every)
    EXPECT_EQ(code(may_complete(a_session(status), Party::trainer)),
              status == SessionStatus::started || status == SessionStatus::in_session
                  ? "granted"
                  : "INVALID_TRANSITION");
  EXPECT_EQ(code(may_complete(a_session(SessionStatus::started), Party::client)), "FORBIDDEN");
}

TEST(WriteNotes, is_for_its_trainer_after_completion) {
  for (auto const status : every)
    EXPECT_EQ(code(may_write_notes(a_session(status), Party::trainer)),
              status == SessionStatus::completed ? "granted" : "INVALID_TRANSITION");
  for (auto const by : {Party::client, Party::admin})
    EXPECT_EQ(code(may_write_notes(a_session(SessionStatus::completed), by)), "FORBIDDEN");
}

TEST(UnattendedBooking, is_the_sweepers_from_15_minutes_after_its_end) {
  EXPECT_FALSE(is_unattended(a_booking(), start + 75min - tick));
  EXPECT_TRUE(is_unattended(a_booking(), start + 75min));
  EXPECT_FALSE(is_unattended(a_booking(BookingStatus::completed), start + 75min));
}

}  // namespace
}  // namespace insighta::booking
