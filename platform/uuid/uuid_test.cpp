#include "platform/uuid/uuid.hpp"

#include <gtest/gtest.h>

#include <set>

namespace insighta {
namespace {

TEST(Uuid, version_7_carries_the_instant_and_sorts_by_it) {
  auto const earlier = Uuid::v7(*parse_rfc3339("2027-01-01T00:00:00.000Z"));
  auto const later = Uuid::v7(*parse_rfc3339("2027-01-01T00:00:00.001Z"));
  EXPECT_LT(earlier, later);
  EXPECT_EQ(earlier.to_string()[14], '7');
  EXPECT_NE(std::string("89ab").find(earlier.to_string()[19]), std::string::npos);
}

TEST(Uuid, version_7_never_comes_twice) {
  std::set<Uuid> ids;
  for (int i = 0; i < 2'000; ++i) ids.insert(Uuid::v7(Instant{}));
  EXPECT_EQ(ids.size(), 2'000U);
}

TEST(Uuid, round_trips_either_case) {
  auto const text = "0193a5f0-1b2c-7def-8abc-0123456789ab";
  EXPECT_EQ(Uuid::parse(text)->to_string(), text);
  EXPECT_EQ(Uuid::parse("0193A5F0-1B2C-7DEF-8ABC-0123456789AB")->to_string(), text);
}

TEST(Uuid, refuses_other_forms) {
  for (auto const* text :
       {"", "x", "0193a5f01b2c7def8abc0123456789ab", "{0193a5f0-1b2c-7def-8abc-0123456789a}",
        "0193a5f0-1b2c-7def-8abc-0123456789ag", "0193a5f0-1b2c-7def-8abc0-123456789ab"})
    EXPECT_FALSE(Uuid::parse(text)) << text;
}

}  // namespace
}  // namespace insighta
