#include "commands/bookings/booking_output.hpp"

#include <gtest/gtest.h>

namespace insighta::cli {
namespace {

json::Value object(std::string_view text) {
  return json::Value::parse(text).value();
}

TEST(RefundWords, say_what_came_back_and_why) {
  EXPECT_EQ(refund_words(object(R"({"refund":{"credits":1,"reason":"in_time"},"balance":12})")),
            "1 credit back: cancelled in time, 12 credits left");
  EXPECT_EQ(
      refund_words(object(R"({"refund":{"credits":0,"reason":"within_12_hours"},"balance":11})")),
      "No credit back: cancelled 12 hours ahead or less, 11 credits left");
  EXPECT_EQ(refund_words(object(R"({"refund":{"credits":1,"reason":"cancelled_by_trainer"}})")),
            "1 credit back: cancelled by the trainer");
}

TEST(EventColumns, tell_what_the_booking_was_then) {
  auto const event = object(R"({"number":1,"after":{"status":"confirmed","start":"soon"}})");
  std::vector<std::string> words;
  for (auto const& column : event_columns())
    if (column.member.empty()) words.push_back(column.words(event));
  EXPECT_EQ(words, (std::vector<std::string>{"confirmed", "soon"}));
}

TEST(ListEnding, counts_one_thing_as_one) {
  EXPECT_EQ(counted(1, "bookings"), "1 booking");
  EXPECT_EQ(counted(1, "entries"), "1 entry");
  EXPECT_EQ(counted(0, "free starts"), "0 free starts");
  EXPECT_EQ(counted(2, "discovery calls"), "2 discovery calls");
}

TEST(RefundWords, keep_a_reason_that_is_new) {
  EXPECT_EQ(reason_words("storm_warning"), "storm warning");
}

TEST(CreditWords, count) {
  EXPECT_EQ(credit_words(1), "1 credit");
  EXPECT_EQ(credit_words(0), "0 credits");
  EXPECT_EQ(credit_words(-2), "-2 credits");
}

TEST(PreviewWords, name_the_deadline) {
  auto const words = preview_words(object(
      R"({"outcome":"credited","notice_us":46800000000,"deadline":"soon","reason":"in_time"})"));
  EXPECT_EQ(words,
            "Cancelled now, 13 h 0 min ahead, the credit comes back; from soon on it is lost.");
  EXPECT_EQ(preview_words(object(
                R"({"outcome":"forfeited","notice_us":60000000,"deadline":"then","reason":"x"})")),
            "Cancelled now, 1 min ahead, the credit is lost; before then it came back.");
}

TEST(PreviewWords, have_no_deadline_for_a_trainer) {
  EXPECT_EQ(preview_words(object(R"({"outcome":"credited","notice_us":60000000,
                                     "deadline":"then","reason":"cancelled_by_trainer"})")),
            "Cancelled now, 1 min ahead, the credit comes back: cancelled by the trainer.");
}

TEST(PersonColumn, has_the_name_where_it_is_told) {
  auto const column = person_column("CLIENT", "client");
  EXPECT_EQ(column.words(object(R"({"client_id":"7","client_name":"Ada"})")), "Ada");
  EXPECT_EQ(column.words(object(R"({"client_id":"7"})")), "7");
}

}  // namespace
}  // namespace insighta::cli
