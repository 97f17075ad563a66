#include "profiles/domain/import_row.hpp"

#include "profiles/domain/country.hpp"
#include "profiles/domain/generated_profile.hpp"
#include "profiles/domain/json_items.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace insighta::profiles {
namespace {

using Cells = std::vector<std::string_view>;

Result<CsvHeader> header_of(Cells const& cells) {
  return CsvHeader::from({1, cells});
}
std::expected<StagedProfile, SkippedRow> checked(Cells const& cells) {
  auto const header = header_of(
      {"AGE", "name ", "Gender", "country_id", "colour", "gender_probability", "created_at"});
  return check_row(header->apply({2, cells}), Instant{});
}
std::string reason(Cells const& cells) {
  auto const row = checked(cells);
  return row ? "" : std::string(to_string(row.error().reason));
}

TEST(CheckRow, takes_a_good_one) {
  auto const row = checked({" 30", " Ada ", "FEMALE", "ng", "red", "", "2026-01-02T03:04:05.9Z"});
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->profile.name.spelling, "Ada");
  EXPECT_EQ(row->profile.country_id, "NG");
  EXPECT_EQ(row->profile.gender_probability, 1.0);
  EXPECT_EQ(to_rfc3339(row->profile.created_at), "2026-01-02T03:04:05Z");
}

TEST(CheckRow, gives_the_first_reason) {
  std::string const too_long(201, 'a');
  EXPECT_EQ(reason({"1", "a", "male", "NG", "", ""}), "malformed_row");
  EXPECT_EQ(reason({"x", "a", "y", "NG", "", "", "yesterday"}), "malformed_row");
  EXPECT_EQ(reason({"1", too_long, "male", "NG", "", "", ""}), "malformed_row");
  EXPECT_EQ(reason({"x", " ", "y", "NG", "", "", ""}), "missing_fields");
  EXPECT_EQ(reason({"x", "a", "y", "NG", "", "", ""}), "invalid_gender");
  EXPECT_EQ(reason({"121", "a", "male", "XX", "", "", ""}), "invalid_age");
  EXPECT_EQ(reason({"1.5", "a", "male", "NG", "", "", ""}), "invalid_age");
  EXPECT_EQ(reason({"1", "a", "male", "XX", "", "nan", ""}), "invalid_country");
  EXPECT_EQ(reason({"1", "a", "male", "NG", "", "nan", ""}), "invalid_probability");
  EXPECT_EQ(reason({"1", "a", "male", "NG", "", "1.01", ""}), "invalid_probability");
}

TEST(CsvHeader, refuses_missing_and_repeated_columns) {
  EXPECT_FALSE(header_of({"name", "gender", "age"}));
  EXPECT_FALSE(header_of({"name", "gender", "age", "country_id", "age"}));
}

TEST(JsonItems, cuts_wherever_the_pieces_end) {
  std::string_view const text = R"( { "profiles" : [ {"a":"],}\"["}, [1,2], 3 ] } )";
  for (std::size_t at = 0; at <= text.size(); ++at) {
    JsonItems items;
    items.feed(text.substr(0, at));
    items.feed(text.substr(at));
    items.finish();
    EXPECT_FALSE(items.is_broken());
    EXPECT_EQ(items.take_item(), R"({"a":"],}\"["})");
    EXPECT_EQ(items.take_item(), "[1,2]");
    EXPECT_EQ(items.take_item(), "3 ");
    EXPECT_FALSE(items.has_item());
  }
}

TEST(JsonItems, sees_what_is_not_its_form) {
  for (std::string_view const text :
       {"", "[]", R"({"profiles":[)", R"({"profiles":[1,]})", R"({"profiles":[,1]})",
        R"({"profiles":[1]} x)", R"({"profiles":[1]]})", R"({"profiles":[}]})"}) {
    JsonItems items;
    items.feed(text);
    items.finish();
    EXPECT_TRUE(items.is_broken()) << text;
  }
}

TEST(Name, is_one_for_all_its_spellings) {
  EXPECT_EQ(Name::from(" JOSÉ\u00a0")->key, Name::from("jose\u0301")->key);
  EXPECT_NE(Name::from("Jose")->key, Name::from("José")->key);
  EXPECT_EQ(Name::from("\u2003").error().kind, ErrorKind::bad_request);
  EXPECT_EQ(Name::from(std::string(201, 'x')).error().kind, ErrorKind::invalid);
}

TEST(Country, has_published_names_and_every_code) {
  EXPECT_EQ(all_countries().size(), 249U);
  EXPECT_EQ(country_name("CD"), "DR Congo");
  EXPECT_EQ(find_country("tz")->name, "Tanzania");
  EXPECT_EQ(find_country("XK"), nullptr);
}

TEST(AgeGroup, begins_and_ends_where_the_product_says) {
  for (auto const group : all_age_groups) {
    EXPECT_EQ(age_group_of(ages_of(group).first), group);
    EXPECT_EQ(age_group_of(ages_of(group).last), group);
  }
}

TEST(GenerateProfile, repeats_itself_but_no_name) {
  std::set<std::string> names;
  for (std::uint64_t i = 0; i < 30'000; ++i) names.insert(generate_profile(7, i).name.key);
  EXPECT_EQ(names.size(), 30'000U);
  EXPECT_EQ(generate_profile(7, 5).name.spelling, generate_profile(7, 5).name.spelling);
  EXPECT_EQ(generate_profile(7, 5).age, generate_profile(7, 5).age);
}

}  // namespace
}  // namespace insighta::profiles
