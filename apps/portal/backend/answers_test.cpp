#include "backend/answers.hpp"

#include <gtest/gtest.h>

namespace insighta::portal {
namespace {

json::Value parsed(std::string_view text) {
  return *json::Value::parse(text);
}

TEST(Answers, a_page_of_profiles_knows_its_neighbours) {
  auto const page = decode_profile_page(parsed(R"({"status":"success",
      "data":[{"id":"x","name":"Ada <b>","gender":"female","gender_probability":0.5,"age":36,
               "age_group":"adult","country_id":"GB","country_name":"United Kingdom",
               "country_probability":1,"created_at":"2026-01-02T03:04:05Z"}],
      "page":2,"limit":1,"total":3,"total_pages":3,
      "links":{"self":"/api/v1/profiles?page=2&limit=1",
               "next":"/api/v1/profiles?page=3&limit=1&cursor=abc","prev":null}})"));
  ASSERT_EQ(page.profiles.size(), 1U);
  EXPECT_EQ(page.profiles[0].name, "Ada <b>");
  EXPECT_EQ(page.profiles[0].gender_probability, 0.5);
  EXPECT_EQ(page.total_pages, 3);
  EXPECT_EQ(page.next, (http::Pairs{{"page", "3"}, {"limit", "1"}, {"cursor", "abc"}}));
  EXPECT_TRUE(page.previous.empty());
}

TEST(Answers, a_search_says_what_it_understood_and_what_not) {
  auto const page = decode_profile_page(parsed(R"({"data":[],"total":0,"interpreted":{
      "gender":"male","country_ids":["NG","KE"],"min_age":16,"ignored":["lovely"]}})"));
  EXPECT_EQ(
      page.understood,
      (http::Pairs{
          {"gender", "male"}, {"country_id", "NG"}, {"country_id", "KE"}, {"min_age", "16"}}));
  EXPECT_EQ(page.ignored, std::vector<std::string>{"lovely"});
}

TEST(Answers, statistics_are_in_the_order_that_pages_show) {
  auto const statistics = decode_statistics(parsed(R"({"data":{"total":3,
      "gender":{"male":1,"female":2},"age_group":{"child":0},"age":[{"age":30,"count":1},{"age":7,"count":2}],
      "country":[{"country_id":"KE","country_name":"Kenya","count":1},
                 {"country_id":"NG","country_name":"Nigeria","count":2}],
      "created":[{"date":"2026-02-01","count":1},{"date":"2026-01-01","count":2}]}})"));
  EXPECT_EQ(statistics.country.front().label, "Nigeria");
  EXPECT_EQ(statistics.created.front().key, "2026-01-01");
  EXPECT_EQ(statistics.age.front().first, 7);
}

TEST(Answers, an_answer_without_what_it_should_hold_reads_as_empty) {
  EXPECT_TRUE(decode_person(parsed("{}")).roles.empty());
  EXPECT_TRUE(decode_profile_page(parsed("{}")).profiles.empty());
  EXPECT_EQ(decode_statistics(parsed("{}")).total, 0);
}

}  // namespace
}  // namespace insighta::portal
