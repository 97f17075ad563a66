#include "booking/domain/discovery_call.hpp"

#include "booking/domain/policy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

auto const start = *parse_rfc3339("2027-05-10T18:00:00Z");
constexpr auto tick = 1us;

DiscoveryCall a_call(CallStatus status = CallStatus::confirmed) {
  return {.id = {},
          .client_id = {},
          .trainer_id = {},
          .time = {start, start + policy::discovery_length},
          .contact = {},
          .goals = {},
          .status = status,
          .outcome_notes = {},
          .absent = {},
          .cancelled_by = {},
          .cancel_reason = {},
          .cancelled_at = {},
          .closed_at = {},
          .created_at = start - 240h};
}

DiscoveryCall moved(int times) {
  auto call = a_call();
  call.reschedule_count = times;
  return call;
}

template <class T>
std::string code(Result<T> const& result) {
  return result ? "granted" : result.error().code;
}

constexpr Party people[] = {Party::client, Party::trainer, Party::admin};
constexpr CallStatus closed[] = {CallStatus::cancelled, CallStatus::completed, CallStatus::no_show};

TEST(MoveDiscoveryCall, is_locked_for_its_client_at_exactly_twelve_hours) {
  EXPECT_EQ(code(may_reschedule(a_call(), Party::client, start - 12h - tick)), "granted");
  EXPECT_EQ(code(may_reschedule(a_call(), Party::client, start - 12h)), "RESCHEDULE_LOCKED");
}

TEST(MoveDiscoveryCall, is_granted_to_its_client_three_times) {
  EXPECT_EQ(code(may_reschedule(moved(2), Party::client, start - 24h)), "granted");
  EXPECT_EQ(code(may_reschedule(moved(3), Party::client, start - 24h)), "RESCHEDULE_LIMIT");
}

TEST(MoveDiscoveryCall, knows_no_lock_and_no_limit_for_an_admin_before_the_start) {
  EXPECT_EQ(code(may_reschedule(moved(3), Party::admin, start - tick)), "granted");
  EXPECT_EQ(code(may_reschedule(moved(3), Party::admin, start)), "SESSION_STARTED");
}

TEST(MoveDiscoveryCall, is_not_for_its_trainer) {
  EXPECT_EQ(code(may_reschedule(a_call(), Party::trainer, start - 48h)), "FORBIDDEN");
}

TEST(MoveDiscoveryCall, is_refused_once_the_call_is_closed) {
  for (auto const by : {Party::client, Party::admin}) {
    EXPECT_EQ(code(may_reschedule(a_call(CallStatus::cancelled), by, start - 48h)),
              "ALREADY_CANCELLED");
    EXPECT_EQ(code(may_reschedule(a_call(CallStatus::completed), by, start - 48h)),
              "INVALID_TRANSITION");
    EXPECT_EQ(code(may_reschedule(a_call(CallStatus::no_show), by, start - 48h)),
              "INVALID_TRANSITION");
  }
}

TEST(CancelDiscoveryCall, is_possible_until_the_start_itself) {
  EXPECT_EQ(code(may_cancel(a_call(), start - tick)), "granted");
  EXPECT_EQ(code(may_cancel(a_call(), start)), "SESSION_STARTED");
}

TEST(CancelDiscoveryCall, happens_once_and_never_to_a_closed_call) {
  EXPECT_EQ(code(may_cancel(a_call(CallStatus::cancelled), start - 1h)), "ALREADY_CANCELLED");
  EXPECT_EQ(code(may_cancel(a_call(CallStatus::completed), start - 1h)), "INVALID_TRANSITION");
  EXPECT_EQ(code(may_cancel(a_call(CallStatus::no_show), start - 1h)), "INVALID_TRANSITION");
}

TEST(CompleteDiscoveryCall, is_possible_from_the_start_on) {
  for (auto const by : {Party::trainer, Party::admin}) {
    EXPECT_EQ(code(may_complete(a_call(), by, start - tick)), "TOO_EARLY");
    EXPECT_EQ(code(may_complete(a_call(), by, start)), "granted");
  }
}

TEST(CompleteDiscoveryCall, is_not_for_its_client) {
  EXPECT_EQ(code(may_complete(a_call(), Party::client, start + 1h)), "FORBIDDEN");
}

TEST(CompleteDiscoveryCall, is_refused_in_every_other_status) {
  for (auto const status : closed)
    EXPECT_EQ(code(may_complete(a_call(status), Party::trainer, start)), "INVALID_TRANSITION");
}

TEST(NoShowOfDiscoveryCall, counts_from_exactly_ten_minutes_after_the_start) {
  for (auto const by : people) {
    EXPECT_EQ(code(decide_no_show(a_call(), by, start + 10min - tick)), "TOO_EARLY");
    EXPECT_EQ(code(decide_no_show(a_call(), by, start + 10min)), "granted");
  }
}

TEST(NoShowOfDiscoveryCall, names_the_other_one_than_who_reports_it) {
  EXPECT_EQ(decide_no_show(a_call(), Party::client, start + 10min), Absentee::trainer);
  EXPECT_EQ(decide_no_show(a_call(), Party::trainer, start + 10min), Absentee::client);
  EXPECT_EQ(decide_no_show(a_call(), Party::admin, start + 10min), Absentee::client);
}

TEST(NoShowOfDiscoveryCall, is_refused_in_every_other_status) {
  for (auto const status : closed)
    for (auto const by : people)
      EXPECT_EQ(code(decide_no_show(a_call(status), by, start + 1h)), "INVALID_TRANSITION");
}

TEST(UnclosedDiscoveryCall, is_the_sweepers_from_24_hours_after_its_start) {
  EXPECT_FALSE(is_unclosed(a_call(), start + 24h - tick));
  EXPECT_TRUE(is_unclosed(a_call(), start + 24h));
  for (auto const status : closed) EXPECT_FALSE(is_unclosed(a_call(status), start + 48h));
}

TEST(RestoreRightToDiscoveryCall, is_possible_once_after_a_no_show) {
  auto call = a_call(CallStatus::no_show);
  EXPECT_EQ(code(may_restore(call)), "granted");
  call.is_right_restored = true;
  EXPECT_EQ(code(may_restore(call)), "INVALID_TRANSITION");
}

TEST(RestoreRightToDiscoveryCall, is_refused_in_every_other_status) {
  for (auto const status : {CallStatus::confirmed, CallStatus::cancelled, CallStatus::completed})
    EXPECT_EQ(code(may_restore(a_call(status))), "INVALID_TRANSITION");
}

TEST(WordsOfDiscoveryCalls, read_back_as_written) {
  for (auto const status :
       {CallStatus::confirmed, CallStatus::cancelled, CallStatus::completed, CallStatus::no_show})
    EXPECT_EQ(parse_call_status(to_string(status)), status);
  for (auto const absentee : {Absentee::client, Absentee::trainer, Absentee::unknown})
    EXPECT_EQ(parse_absentee(to_string(absentee)), absentee);
  EXPECT_EQ(parse_call_status("held"), std::nullopt);
  EXPECT_EQ(parse_absentee("nobody"), std::nullopt);
}

RC_GTEST_PROP(DiscoveryCalls, at_any_instant_a_confirmed_call_can_be_cancelled_or_completed,
              (std::int64_t offset_us)) {
  auto const at = start + std::chrono::microseconds{offset_us % (1'000LL * 3600 * 1'000'000)};
  RC_ASSERT(may_cancel(a_call(), at).has_value() !=
            may_complete(a_call(), Party::trainer, at).has_value());
}

RC_GTEST_PROP(DiscoveryCalls, what_its_client_may_move_can_be_cancelled_and_moved_by_an_admin,
              (std::int64_t offset_us, int moves)) {
  auto const at = start + std::chrono::microseconds{offset_us % (1'000LL * 3600 * 1'000'000)};
  auto const call = moved(std::abs(moves % 4));
  if (!may_reschedule(call, Party::client, at)) return;
  RC_ASSERT(may_cancel(call, at).has_value());
  RC_ASSERT(may_reschedule(call, Party::admin, at).has_value());
}

}  // namespace
}  // namespace insighta::booking
