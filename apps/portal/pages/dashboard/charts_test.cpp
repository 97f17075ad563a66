#include "pages/dashboard/charts.hpp"

#include <gtest/gtest.h>

namespace insighta::portal {
namespace {

TEST(Charts, the_highest_column_fills_the_drawing_and_nothing_that_is_there_vanishes) {
  auto const columns = columns_of({{"a", 10'000}, {"b", 1}, {"c", 0}}, 300, 100);
  ASSERT_EQ(columns.size(), 3U);
  EXPECT_EQ(columns[0].height, 100);
  EXPECT_EQ(columns[0].y, 0);
  EXPECT_EQ(columns[1].height, 1);
  EXPECT_EQ(columns[2].height, 0);
  EXPECT_EQ(columns[2].x, 225);
}

TEST(Charts, a_single_column_is_no_wall) {
  auto const columns = columns_of({{"a", 7}}, 600, 100);
  EXPECT_EQ(columns[0].width, 48);
  EXPECT_EQ(columns[0].x, 275);
}

TEST(Charts, ages_fall_into_bands_without_holes) {
  Statistics statistics;
  statistics.age = {{0, 2}, {4, 1}, {5, 3}, {17, 4}};
  auto const bands = age_bands(statistics);
  ASSERT_EQ(bands.size(), 4U);
  EXPECT_EQ(bands[0].count, 3);
  EXPECT_EQ(bands[1].count, 3);
  EXPECT_EQ(bands[2].count, 0);
  EXPECT_EQ(bands[3].from, 15);
  EXPECT_EQ(bands[3].to, 19);
  EXPECT_EQ(bands[3].count, 4);
}

TEST(Charts, shades_go_from_one_to_five) {
  EXPECT_EQ(shade_of(0, 100), 0);
  EXPECT_EQ(shade_of(100, 100), 5);
  EXPECT_EQ(shade_of(1, 1), 5);
  for (int shade = 1; shade <= 5; ++shade)
    EXPECT_GE(shade_of(least_of_shade(shade, 100), 100), shade);
  EXPECT_EQ(least_of_shade(1, 100), 1);
}

}  // namespace
}  // namespace insighta::portal
