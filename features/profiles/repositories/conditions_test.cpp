#include "profiles/repositories/conditions.hpp"

#include <gtest/gtest.h>

namespace insighta::profiles {
namespace {

std::string literal(Filters const& filters) {
  Conditions conditions(Conditions::Values::literals);
  add_filters(conditions, filters);
  return conditions.text();
}

TEST(FilterConditions, keep_names_inside_of_their_literal) {
  EXPECT_EQ(literal({.name_prefix = "o'b_%\\"}), " and name_search like 'o''b\\_\\%\\\\%'");
}

TEST(FilterConditions, compare_with_parameters_in_the_same_words) {
  Conditions conditions(Conditions::Values::parameters);
  add_filters(conditions, {.gender = Gender::male, .country_ids = {"NG"}, .min_age = 20});
  EXPECT_EQ(conditions.text(), " and gender = $1 and country_id = $2 and (age between $3 and $4)");
  EXPECT_EQ(literal({.gender = Gender::male, .country_ids = {"NG"}, .min_age = 20}),
            " and gender = 'male' and country_id = 'NG' and (age between 20 and 120)");
}

TEST(FilterConditions, start_behind_the_row_of_a_cursor_in_both_directions) {
  Cursor const cursor{"7", *ProfileId::parse("01890a5d-ac96-774b-bcce-b302099a8057"), 10};
  Conditions up(Conditions::Values::literals);
  EXPECT_EQ(up.behind(cursor, {SortField::age, false}).text(),
            " and (age, id) > (7, '01890a5d-ac96-774b-bcce-b302099a8057'::uuid)");
  Conditions down(Conditions::Values::literals);
  Cursor const name{"o'hara", cursor.id, 10};
  EXPECT_EQ(down.behind(name, {SortField::name, true}).text(), " and name_key < 'o''hara'");
}

TEST(AllowedAges, are_what_group_and_bounds_leave_in_whole_ranges) {
  auto const text = [](Filters const& filters) {
    std::string words;
    for (auto const& [first, last] : allowed_ages(filters))
      words += std::to_string(first) + "-" + std::to_string(last) + " ";
    return words;
  };
  EXPECT_EQ(text({}), "0-120 ");
  EXPECT_EQ(text({.age_groups = {AgeGroup::senior, AgeGroup::child}}), "0-12 60-120 ");
  EXPECT_EQ(text({.age_groups = {AgeGroup::teenager, AgeGroup::adult}, .min_age = 17}), "17-59 ");
  EXPECT_EQ(text({.min_age = 30, .max_age = 20}), "");
  EXPECT_EQ(text({.min_age = 200}), "");
}

}  // namespace
}  // namespace insighta::profiles
