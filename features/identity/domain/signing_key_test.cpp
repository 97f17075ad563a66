#include "identity/domain/signing_key.hpp"

#include <gtest/gtest.h>

namespace insighta::identity {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds day = 24h;
Instant const start{1'000'000s};

TEST(KeyRotation, begins_with_a_key_that_signs) {
  auto const plan = plan_rotation({}, start, day);
  EXPECT_EQ(plan.make, KeyState::signing);
}

TEST(KeyRotation, publishes_the_next_key_in_time) {
  std::vector<KeyFacts> const keys = {{"a", KeyState::signing, start}};
  EXPECT_TRUE(plan_rotation(keys, start + day - 601s, day).is_empty());
  EXPECT_EQ(plan_rotation(keys, start + day - 600s, day).make, KeyState::published);
}

TEST(KeyRotation, lets_the_next_key_sign_when_everybody_can_know_it) {
  std::vector<KeyFacts> const keys = {{"a", KeyState::signing, start - day},
                                      {"b", KeyState::published, start}};
  EXPECT_TRUE(plan_rotation(keys, start + 599s, day).is_empty());
  auto const plan = plan_rotation(keys, start + 600s, day);
  EXPECT_EQ(plan.retire, "a");
  EXPECT_EQ(plan.promote, "b");
}

TEST(KeyRotation, forgets_a_key_when_its_last_token_is_over) {
  std::vector<KeyFacts> const keys = {{"a", KeyState::retired, start},
                                      {"b", KeyState::signing, start}};
  EXPECT_TRUE(plan_rotation(keys, start + 509s, day).is_empty());
  EXPECT_EQ(plan_rotation(keys, start + 510s, day).drop, std::vector<std::string>{"a"});
}

TEST(KeyRotation, waits_when_the_clock_goes_back) {
  std::vector<KeyFacts> const keys = {{"a", KeyState::signing, start},
                                      {"b", KeyState::published, start}};
  EXPECT_TRUE(plan_rotation(keys, start - day, day).is_empty());
}

}  // namespace
}  // namespace insighta::identity
