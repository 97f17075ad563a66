#include "identity/domain/device_grant.hpp"

#include <gtest/gtest.h>

namespace insighta::identity {
namespace {

using namespace std::chrono_literals;

TEST(UserCode, is_read_as_people_type_it) {
  for (auto const* typed : {"BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "BcDf-gHjK"})
    EXPECT_EQ(read_user_code(typed), "BCDFGHJK") << typed;
  EXPECT_EQ(shown_user_code("BCDFGHJK"), "BCDF-GHJK");
}

TEST(UserCode, that_cannot_be_one_is_none) {
  for (auto const* typed : {"", "BCDF", "BCDF-GHJKL", "ABCD-FGHJ", "BCDF-GHJ0", "BCDF_GHJK"})
    EXPECT_FALSE(read_user_code(typed)) << typed;
}

TEST(DeviceGrant, forgives_a_fifth_of_the_interval) {
  DeviceGrant grant;
  Instant const start{1'000s};
  EXPECT_FALSE(is_too_early(grant, start));
  grant.last_polled_at = start;
  EXPECT_TRUE(is_too_early(grant, start + 3'999ms));
  EXPECT_FALSE(is_too_early(grant, start + 4s));
}

}  // namespace
}  // namespace insighta::identity
