#include "booking/services/payment_signature.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

constexpr auto secret = "whsec_test";
constexpr auto body = R"({"id":"evt_1"})";
// printf '%s' '1800000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
constexpr auto signature =
    "t=1800000000,v1=45705be2a45ab5acdd1395cc695e9e7073125385ec24194921c401dff44176f8";
Instant const now{1'800'000'000s};

TEST(ASignature, is_that_of_time_and_body) {
  EXPECT_TRUE(is_signed(secret, signature, body, now));
  EXPECT_FALSE(is_signed(secret, signature, R"({"id":"evt_2"})", now));
  EXPECT_FALSE(is_signed("another", signature, body, now));
  EXPECT_FALSE(is_signed("", signature, body, now));
}

TEST(ASignature, holds_for_five_minutes_to_both_sides) {
  EXPECT_TRUE(is_signed(secret, signature, body, now + 300s));
  EXPECT_TRUE(is_signed(secret, signature, body, now - 300s));
  EXPECT_FALSE(is_signed(secret, signature, body, now + 301s));
  EXPECT_FALSE(is_signed(secret, signature, body, now - 301s));
}

TEST(ASignature, may_stand_beside_one_of_another_secret) {
  auto const digest = std::string{signature}.substr(std::string{"t=1800000000,"}.size());
  EXPECT_TRUE(is_signed(secret, "t=1800000000,v1=00,v0=00," + digest, body, now));
}

TEST(ASignature, that_is_none_is_refused) {
  for (auto const* text : {"", ",", "t=", "v1=", "t=1800000000", "t=1800000000,v1=", "t=x,v1=00",
                           "t=99999999999999999999,v1=00", "t=-9223372036854775808,v1=00"})
    EXPECT_FALSE(is_signed(secret, text, body, now)) << text;
}

}  // namespace
}  // namespace insighta::booking
