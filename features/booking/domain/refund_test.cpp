#include "booking/domain/refund.hpp"

#include "booking/domain/booking.hpp"
#include "platform/testing/many_cases.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

RefundOutcome outcome(std::string_view start, std::string_view decided, Party by = Party::client) {
  return decide_refund(at(start), at(decided), by).outcome;
}

/// Within a century of 2027, to the microsecond; often whole hours, where the edge is.
Instant drawn_instant() {
  Instant const base = at("2027-01-01T00:00:00Z");
  if (*rc::gen::arbitrary<bool>()) return base + std::chrono::hours{*rc::gen::inRange(-5000, 5000)};
  return base + microseconds{
                    *rc::gen::inRange<std::int64_t>(-3'000'000'000'000'000, 3'000'000'000'000'000)};
}

/// Around the window of 12 hours more often than far from it.
microseconds drawn_notice() {
  auto const wide = *rc::gen::inRange<std::int64_t>(-90'000'000'000, 90'000'000'000);
  auto const near = *rc::gen::inRange<std::int64_t>(-3, 4);
  return *rc::gen::element(microseconds{wide}, policy::refund_window + microseconds{near},
                           microseconds{near});
}

TEST(ARefund, of_a_client_needs_more_than_twelve_hours) {
  auto const* const start = "2027-05-10T18:00:00Z";
  EXPECT_EQ(outcome(start, "2027-05-10T05:59:59.999Z"), RefundOutcome::credited);
  EXPECT_EQ(outcome(start, "2027-05-10T05:59:59.999999Z"), RefundOutcome::credited);
  EXPECT_EQ(outcome(start, "2027-05-10T06:00:00.000Z"), RefundOutcome::forfeited);
  EXPECT_EQ(outcome(start, "2027-05-10T06:00:00.001Z"), RefundOutcome::forfeited);
}

TEST(ARefund, at_exactly_twelve_hours_is_forfeited_and_says_so) {
  auto const decision =
      decide_refund(at("2027-05-10T18:00:00Z"), at("2027-05-10T06:00:00Z"), Party::client);
  EXPECT_EQ(decision, (RefundDecision{12h, RefundOutcome::forfeited}));
  EXPECT_EQ(refund_reason(decision, Party::client), "within_12_hours");
  EXPECT_EQ(refund_deadline(at("2027-05-10T18:00:00Z")), at("2027-05-10T06:00:00Z"));
}

TEST(ARefund, follows_from_the_start_and_not_from_the_time_of_booking) {
  // Booked 20 hours ahead, cancelled 13 hours ahead; booked 11 ahead, cancelled a minute later.
  EXPECT_EQ(outcome("2027-05-10T18:00:00Z", "2027-05-10T05:00:00Z"), RefundOutcome::credited);
  EXPECT_EQ(outcome("2027-05-10T18:00:00Z", "2027-05-10T07:01:00Z"), RefundOutcome::forfeited);
}

TEST(ARefund, is_given_whenever_somebody_else_cancels) {
  for (auto const party : {Party::trainer, Party::admin, Party::system}) {
    EXPECT_EQ(outcome("2027-05-10T18:00:00Z", "2027-05-10T17:00:00Z", party),
              RefundOutcome::credited);
    EXPECT_EQ(outcome("2027-05-10T18:00:00Z", "2027-05-10T17:59:59.999999Z", party),
              RefundOutcome::credited);
  }
}

TEST(ARefund, counts_elapsed_time_over_a_change_of_clocks) {
  // The clocks of London went forward at 01:00Z; by the wall there were 13 hours.
  auto const decision =
      decide_refund(at("2027-03-28T12:00:00Z"), at("2027-03-27T23:59:59Z"), Party::client);
  EXPECT_EQ(decision, (RefundDecision{12h + 1s, RefundOutcome::credited}));
}

// Kills the mutant that takes `>=` for `>` (`notice < window` for `notice <= window` in
// decide_refund): notices of exactly the window are among those drawn.
TEST(ARefund, is_credited_to_a_client_iff_the_notice_is_longer_than_the_window) {
  testing::holds_in_many_cases([] {
    auto const start = drawn_instant();
    auto const window = std::chrono::hours{*rc::gen::inRange(0, 49)};
    auto const notice = *rc::gen::arbitrary<bool>() ? microseconds{window} : drawn_notice();
    auto const decision = decide_refund(start, start - notice, Party::client, window);
    RC_ASSERT(decision.notice == notice);
    RC_ASSERT((decision.outcome == RefundOutcome::credited) == (notice > window));
    RC_ASSERT((decision.outcome == RefundOutcome::forfeited) == (notice <= window));
  });
}

TEST(ARefund, never_fails_who_was_cancelled_on) {
  testing::holds_in_many_cases([] {
    auto const start = drawn_instant();
    auto const by = *rc::gen::element(Party::trainer, Party::admin, Party::system);
    RC_ASSERT(decide_refund(start, start - drawn_notice(), by).outcome == RefundOutcome::credited);
  });
}

// Kills the mutants that read a second clock: the same interval, moved anywhere in time, is decided
// the same, and so is the same question asked twice.
TEST(ARefund, depends_on_nothing_but_the_notice) {
  testing::holds_in_many_cases([] {
    auto const start = drawn_instant();
    auto const moved_to = drawn_instant();
    auto const notice = drawn_notice();
    auto const by = *rc::gen::element(Party::client, Party::trainer, Party::admin, Party::system);
    auto const decision = decide_refund(start, start - notice, by);
    RC_ASSERT(decision == decide_refund(moved_to, moved_to - notice, by));
    RC_ASSERT(decision == decide_refund(start, start - notice, by));
  });
}

// Kills the mutant that counts the notice from the time of booking (created_at), and the one that
// takes another instant than the one it was given: neither moves the decision.
TEST(ACancellation, is_decided_by_start_and_decision_instant_alone) {
  testing::holds_in_many_cases([] {
    Booking booking;
    booking.time.start = drawn_instant();
    booking.time.end = booking.time.start + 60min;
    booking.created_at = drawn_instant();
    auto const notice = std::max(drawn_notice(), microseconds{1});
    auto const decided_at = booking.time.start - notice;
    auto const decision = decide_cancellation(booking, Party::client, decided_at);
    RC_ASSERT(decision.has_value());
    RC_ASSERT(decision->notice == notice);
    RC_ASSERT((decision->outcome == RefundOutcome::credited) == (notice > 12h));
  });
}

TEST(ACancellation, is_possible_until_the_last_microsecond_before_the_start) {
  testing::holds_in_many_cases([] {
    Booking booking;
    booking.time.start = drawn_instant();
    booking.created_at = drawn_instant();
    auto const notice = drawn_notice();
    auto const by = *rc::gen::element(Party::client, Party::trainer, Party::admin, Party::system);
    auto const decision = decide_cancellation(booking, by, booking.time.start - notice);
    RC_ASSERT(decision.has_value() == (notice > 0us));
    if (!decision) RC_ASSERT(decision.error().code == "SESSION_STARTED");
  });
}

TEST(ACancellation, follows_the_window_that_was_agreed_when_it_was_booked) {
  Booking booking;
  booking.time.start = at("2027-05-10T18:00:00Z");
  booking.refund_window = 24h;
  auto const before = [&](microseconds notice) {
    return decide_cancellation(booking, Party::client, booking.time.start - notice)->outcome;
  };
  EXPECT_EQ(before(24h), RefundOutcome::forfeited);
  EXPECT_EQ(before(24h + 1us), RefundOutcome::credited);
}

TEST(ARefundDeadline, is_the_first_instant_that_costs_the_credit) {
  testing::holds_in_many_cases([] {
    auto const start = drawn_instant();
    auto const deadline = refund_deadline(start);
    RC_ASSERT(decide_refund(start, deadline, Party::client).outcome == RefundOutcome::forfeited);
    RC_ASSERT(decide_refund(start, deadline - 1us, Party::client).outcome ==
              RefundOutcome::credited);
  });
}

TEST(ARefundOutcome, is_read_and_written_the_same) {
  for (auto const outcome :
       {RefundOutcome::none, RefundOutcome::credited, RefundOutcome::forfeited})
    EXPECT_EQ(parse_refund_outcome(to_string(outcome)), outcome);
  EXPECT_FALSE(parse_refund_outcome("refunded"));
}

}  // namespace
}  // namespace insighta::booking
