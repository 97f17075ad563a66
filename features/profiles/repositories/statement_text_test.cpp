#include "profiles/repositories/statement_text.hpp"

#include <gtest/gtest.h>

namespace insighta::profiles {
namespace {

TEST(StatementText, fills_every_marker_of_the_file) {
  Blank const blanks[] = {{"/*limit*/", "1"}, {"/*offset*/", "2"}};
  EXPECT_EQ(filled("a /*limit*/ b /*offset*/ c /*limit*/", blanks), "a 1 b 2 c 1");
}

TEST(StatementText, leaves_markers_inside_of_values_alone) {
  Blank const blanks[] = {{"/*filters*/", "'x/*order*/'"}, {"/*order*/", "id"}};
  EXPECT_EQ(filled("where /*filters*/ order by /*order*/", blanks),
            "where 'x/*order*/' order by id");
}

TEST(StatementText, prepares_one_shape_whatever_its_values) {
  auto const of = [](int min_age, std::int64_t page) {
    return page_statement({.filters = {.gender = Gender::male, .min_age = min_age}, .page = page},
                          {.matching = 9'000, .all = 10'000});
  };
  EXPECT_EQ(of(20, 2).name, of(30, 3).name);
  EXPECT_EQ(of(20, 2).sql, of(30, 3).sql);
  // One age is another comparison than a range.
  EXPECT_NE(of(20, 2).sql, of(120, 2).sql);
  EXPECT_NE(of(20, 2).name, of(120, 2).name);
}

TEST(StatementText, totals_are_counted_only_where_they_cannot_be_told) {
  EXPECT_TRUE(total_statement({}).sql.contains("totals"));
  EXPECT_FALSE(total_statement({.country_ids = {"NG", "GH"}, .min_age = 20}).name.empty());
  EXPECT_FALSE(total_statement({.age_groups = {AgeGroup::adult, AgeGroup::child},
                                .min_gender_probability = 0.87})
                   .name.empty());
  EXPECT_TRUE(total_statement({.min_gender_probability = 0.875}).name.empty());
  EXPECT_TRUE(total_statement({.min_age = 21, .min_gender_probability = 0.87}).name.empty());
  EXPECT_TRUE(total_statement({.min_gender_probability = 0.5, .min_country_probability = 0.5})
                  .name.empty());
  EXPECT_TRUE(total_statement({.name = "a"}).name.empty());
}

}  // namespace
}  // namespace insighta::profiles
