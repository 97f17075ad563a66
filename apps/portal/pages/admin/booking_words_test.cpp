#include "pages/admin/booking_words.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace insighta::portal {
namespace {

json::Value parsed(std::string_view text) {
  return *json::Value::parse(text);
}

json::Value cancelled(std::string_view by, std::int64_t notice_us, std::string_view outcome) {
  return parsed(
      fmt::format(R"({{"status":"cancelled","cancelled_by":"{}","decided_notice_us":{},)"
                  R"("refund_outcome":"{}","policy":{{"refund_window_us":43200000000}}}})",
                  by, notice_us, outcome));
}

constexpr std::int64_t hour = 3'600'000'000;

TEST(BookingWords, tell_how_a_cancellation_was_decided) {
  EXPECT_EQ(outcome_in_words(cancelled("client", 13 * hour, "credited")),
            "cancelled by the client 13 h 0 min before the start: the credit went back");
  EXPECT_EQ(outcome_in_words(cancelled("trainer", hour, "credited")),
            "cancelled by the trainer 1 h 0 min before the start: the credit went back");
  EXPECT_EQ(outcome_in_words(cancelled("client", 7 * hour, "forfeited")),
            "cancelled by the client 7 h 0 min before the start, which is not more than 12 h 0 "
            "min: the credit stays spent");
}

TEST(BookingWords, are_exact_where_a_moment_decides) {
  EXPECT_EQ(outcome_in_words(cancelled("client", 12 * hour + 1'000, "credited")),
            "cancelled by the client 12 h 0 min 0.001 s before the start: the credit went back");
  EXPECT_EQ(outcome_in_words(cancelled("client", 12 * hour, "forfeited")),
            "cancelled by the client 12 h 0 min 0 s before the start, which is not more than 12 h "
            "0 min: the credit stays spent");
}

TEST(BookingWords, say_where_the_credit_is) {
  EXPECT_EQ(credit_in_words(cancelled("client", 13 * hour, "credited")), "went back");
  EXPECT_EQ(credit_in_words(cancelled("client", hour, "forfeited")), "stays spent");
  EXPECT_EQ(credit_in_words(parsed(R"({"status":"no_show_trainer"})")), "went back");
  EXPECT_EQ(credit_in_words(parsed(R"({"status":"no_show_client"})")), "stays spent");
  EXPECT_EQ(credit_in_words(parsed(R"({"status":"confirmed"})")), "spent");
}

TEST(BookingWords, name_people_or_the_end_of_their_ids) {
  auto const booking = parsed(R"({"client_name":"Cleo","client_id":"x","trainer_name":null,)"
                              R"("trainer_id":"01970000-0000-7000-8000-00000000abcd"})");
  EXPECT_EQ(name_in_words(booking, "client"), "Cleo");
  EXPECT_EQ(name_in_words(booking, "trainer"), "trainer 00abcd");
}

TEST(BookingWords, tell_what_happened) {
  Preferences const lagos{"Africa/Lagos", "24", "auto"};
  auto const words = [&](std::string_view text) { return event_in_words(parsed(text), lagos); };
  EXPECT_EQ(words(R"({"kind":"booked","before":null,"after":{"status":"confirmed"}})"), "Booked");
  EXPECT_EQ(words(R"({"kind":"rescheduled","before":{"start_at":"2027-05-10T18:00:00+00:00"},)"
                  R"("after":{"start_at":"2027-05-11T18:00:00+00:00"}})"),
            "Moved from Mon 10 May 2027, 19:00 Lagos (UTC+1) to Tue 11 May 2027, 19:00 Lagos "
            "(UTC+1)");
  EXPECT_EQ(words(R"({"kind":"no_show","after":{"status":"no_show_client"}})"),
            "The client did not come");
  EXPECT_EQ(words(R"({"kind":"corrected","before":{"status":"no_show_client"},)"
                  R"("after":{"status":"completed"}})"),
            "Corrected from “client absent” to “completed”");
  EXPECT_EQ(words(R"({"kind":"something_new","after":{}})"), "something_new");
}

}  // namespace
}  // namespace insighta::portal
