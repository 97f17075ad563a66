#include "profiles/domain/search_words.hpp"

#include <gtest/gtest.h>

namespace insighta::profiles {
namespace {

Interpretation meaning_of(std::string_view text) {
  auto meaning = interpret(text);
  EXPECT_TRUE(meaning.has_value()) << text;
  return meaning.value_or(Interpretation{});
}

using Codes = std::vector<std::string>;
Codes countries_of(std::string_view text) {
  return meaning_of(text).filters.country_ids;
}
std::pair<int, int> ages_in(std::string_view text) {
  auto const filters = meaning_of(text).filters;
  return {filters.min_age.value_or(-1), filters.max_age.value_or(-1)};
}

TEST(Interpret, understands_the_published_sentences) {
  EXPECT_EQ(meaning_of("young males").filters,
            (Filters{.gender = Gender::male, .min_age = 16, .max_age = 24}));
  EXPECT_EQ(meaning_of("females above 30").filters,
            (Filters{.gender = Gender::female, .min_age = 30}));
  EXPECT_EQ(meaning_of("people from angola").filters, (Filters{.country_ids = {"AO"}}));
  EXPECT_EQ(
      meaning_of("adult males from kenya").filters,
      (Filters{.gender = Gender::male, .age_groups = {AgeGroup::adult}, .country_ids = {"KE"}}));
  EXPECT_EQ(meaning_of("male and female teenagers above 17").filters,
            (Filters{.age_groups = {AgeGroup::teenager}, .min_age = 17}));
  Filters const women{
      .gender = Gender::female, .country_ids = {"NG"}, .min_age = 20, .max_age = 45};
  EXPECT_EQ(meaning_of("Nigerian females between ages 20 and 45").filters, women);
  EXPECT_EQ(meaning_of("Women aged 20–45 living in Nigeria").filters, women);
  EXPECT_TRUE(meaning_of("Women aged 20–45 living in Nigeria").ignored.empty());
}

TEST(Interpret, reads_ages_in_every_form) {
  EXPECT_EQ(ages_in("older than 30"), std::pair(30, -1));
  EXPECT_EQ(ages_in("at least 18"), std::pair(18, -1));
  EXPECT_EQ(ages_in("65+"), std::pair(65, -1));
  EXPECT_EQ(ages_in("men 40 and above"), std::pair(40, -1));
  EXPECT_EQ(ages_in("40 years or older"), std::pair(40, -1));
  EXPECT_EQ(ages_in("under the age of 20"), std::pair(-1, 20));
  EXPECT_EQ(ages_in("up to 9"), std::pair(-1, 9));
  EXPECT_EQ(ages_in("18 or younger"), std::pair(-1, 18));
  EXPECT_EQ(ages_in("between the ages of 20 and 30"), std::pair(20, 30));
  EXPECT_EQ(ages_in("20 to 30"), std::pair(20, 30));
  EXPECT_EQ(ages_in("ages 20—30"), std::pair(20, 30));
  EXPECT_EQ(ages_in("aged 33"), std::pair(33, 33));
  EXPECT_EQ(ages_in("33 years old"), std::pair(33, 33));
  EXPECT_EQ(ages_in("33-year-old women"), std::pair(33, 33));
  EXPECT_EQ(ages_in("women in their 30s"), std::pair(30, 39));
  EXPECT_EQ(ages_in("young men above 20"), std::pair(20, 24));
  EXPECT_EQ(ages_in("young people under 20"), std::pair(16, 20));
}

TEST(Interpret, old_is_a_group_only_by_itself) {
  EXPECT_EQ(meaning_of("old men").filters.age_groups, std::vector{AgeGroup::senior});
  EXPECT_TRUE(meaning_of("men older than 30").filters.age_groups.empty());
  EXPECT_TRUE(meaning_of("30 years old").filters.age_groups.empty());
  EXPECT_EQ(meaning_of("grown-ups").filters.age_groups, std::vector{AgeGroup::adult});
}

TEST(Interpret, takes_the_longest_name_of_a_country) {
  EXPECT_EQ(countries_of("niger"), Codes{"NE"});
  EXPECT_EQ(countries_of("nigeria"), Codes{"NG"});
  EXPECT_EQ(countries_of("equatorial guinea"), Codes{"GQ"});
  EXPECT_EQ(countries_of("papua new guinea"), Codes{"PG"});
  EXPECT_EQ(countries_of("Guinea-Bissau"), Codes{"GW"});
  EXPECT_EQ(countries_of("congo"), Codes{"CG"});
  EXPECT_EQ(countries_of("dr congo"), Codes{"CD"});
  EXPECT_EQ(countries_of("south sudan"), Codes{"SS"});
  EXPECT_EQ(countries_of("sudan"), Codes{"SD"});
  EXPECT_EQ(countries_of("COTE D'IVOIRE"), Codes{"CI"});
  EXPECT_EQ(countries_of("Co\u0302te d’Ivoire"), Codes{"CI"});
  EXPECT_EQ(countries_of("ivory coast"), Codes{"CI"});
  EXPECT_EQ(countries_of("swaziland"), Codes{"SZ"});
  EXPECT_EQ(countries_of("cabo verde"), Codes{"CV"});
  EXPECT_EQ(countries_of("são tomé"), Codes{"ST"});
  EXPECT_EQ(countries_of("South Africans"), Codes{"ZA"});
  EXPECT_EQ(countries_of("British or Kenyan women"), (Codes{"GB", "KE"}));
  EXPECT_EQ(countries_of("women of oman"), Codes{"OM"});
  EXPECT_FALSE(meaning_of("isle of man").filters.gender.has_value());
}

TEST(Interpret, us_is_a_country_only_behind_a_preposition_or_in_capitals) {
  EXPECT_EQ(countries_of("men in us"), Codes{"US"});
  EXPECT_EQ(countries_of("US men"), Codes{"US"});
  EXPECT_EQ(countries_of("men from the usa"), Codes{"US"});
  EXPECT_TRUE(countries_of("tell us men").empty());
}

TEST(Interpret, knows_orders_and_caps) {
  auto const meaning = meaning_of("top 5 oldest women");
  EXPECT_EQ(meaning.at_most, 5);
  EXPECT_EQ(meaning.sort_by, SortField::age);
  EXPECT_EQ(meaning.is_descending, true);
  EXPECT_EQ(meaning_of("first 3").at_most, 3);
  EXPECT_EQ(meaning_of("newest men").sort_by, SortField::created_at);
}

TEST(Interpret, sees_a_dash_between_numbers_only) {
  EXPECT_EQ(ages_in("- men - - aged 20 - 45 -"), std::pair(20, 45));
  std::string many = "men ";
  for (int i = 0; i < 8'000; ++i) many += "a-b ";
  EXPECT_EQ(meaning_of(many).ignored.size(), 8'000U);
}

TEST(Interpret, says_what_it_did_not_understand) {
  EXPECT_EQ(meaning_of("tall men who sing").ignored, (std::vector<std::string>{"tall", "sing"}));
  EXPECT_EQ(meaning_of("men 1–2–3").ignored, (std::vector<std::string>{"–", "3"}));
  EXPECT_FALSE(interpret("xyzzy").has_value());
  EXPECT_FALSE(interpret("!!! — ???").has_value());
  EXPECT_FALSE(interpret("people").has_value());
  EXPECT_TRUE(interpret("MALE,  and: female").has_value());
}

}  // namespace
}  // namespace insighta::profiles
