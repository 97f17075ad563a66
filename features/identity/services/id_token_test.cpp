#include "identity/services/id_token.hpp"

#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"

#include <gtest/gtest.h>

namespace insighta::identity {
namespace {

using namespace std::chrono_literals;
using crypto::SignatureAlgorithm;
using crypto::SignatureKey;

std::string jwks_of(SignatureKey const& key, std::string const& kid) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("keys").begin_array().begin_object().member("kid", kid);
  for (auto const& [name, value] : key.jwk_members()) writer.member(name, value);
  writer.end_object().end_array().end_object();
  return text;
}

class IdToken : public testing::TestWithParam<SignatureAlgorithm> {
 protected:
  std::string token(std::string const& payload, std::string const& kid = "k",
                    std::string const& more = "") {
    std::string const header = R"({"alg":")" + std::string{to_string(GetParam())} + R"(","kid":")" +
                               kid + "\"" + more + "}";
    auto const input = crypto::base64url(header) + "." + crypto::base64url(payload);
    return input + "." + crypto::base64url(key.sign(input));
  }
  std::string code(std::string const& with_token) {
    auto const claims = verify_id_token(with_token, keys, expected);
    return claims ? claims->subject : claims.error().code;
  }

  SignatureKey key = SignatureKey::generate(GetParam());
  ProviderKeys keys = read_jwks(jwks_of(key, "k"));
  IdTokenExpectation expected{.issuer = "https://id.example",
                              .client_id = "insighta",
                              .nonce = "n-0",
                              .now = Instant{1'000'000s}};
  std::string const good =
      R"({"iss":"https://id.example","aud":"insighta","sub":"s1","nonce":"n-0","iat":1000000,"exp":1000060})";
};

INSTANTIATE_TEST_SUITE_P(Algorithms, IdToken,
                         testing::Values(SignatureAlgorithm::es256, SignatureAlgorithm::rs256));

TEST_P(IdToken, says_who_it_is) {
  auto const payload =
      R"({"iss":"https://id.example","aud":["insighta"],"sub":"s1","nonce":"n-0","iat":1000000,"exp":1000060,
      "preferred_username":"ann","name":"Ann","email":"ann@example.org","email_verified":true})";
  auto const claims = verify_id_token(token(payload), keys, expected);
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->login, "ann");
  EXPECT_EQ(claims->email, "ann@example.org");
}

TEST_P(IdToken, says_no_address_that_nobody_verified) {
  auto const payload =
      R"({"iss":"https://id.example","aud":"insighta","sub":"s1","nonce":"n-0","iat":1000000,"exp":1000060,
      "email":"ann@example.org"})";
  EXPECT_FALSE(verify_id_token(token(payload), keys, expected)->email);
}

TEST_P(IdToken, of_another_sign_in_client_or_issuer_is_refused) {
  EXPECT_EQ(code(token(good)), "s1");
  for (auto const& [from, to] :
       {std::pair{"\"n-0\"", "\"n-1\""}, std::pair{"\"insighta\"", "\"x\""},
        std::pair{"\"insighta\"", R"(["insighta","x"])"}, std::pair{"id.example", "id.example/"},
        std::pair{"\"s1\"", "\"\""}, std::pair{"1000060", "999970"},
        std::pair{"1000060", "\"1000060\""}, std::pair{"\"iat\":1000000", "\"iat\":1000031"},
        std::pair{"\"iat\":1000000", "\"iat\":999399"}}) {
    auto payload = good;
    payload.replace(payload.find(from), std::string{from}.size(), to);
    EXPECT_EQ(code(token(payload)), "INVALID_TOKEN") << payload;
  }
}

TEST_P(IdToken, of_another_key_or_algorithm_is_refused) {
  EXPECT_EQ(code(token(good, "other")), "UNKNOWN_KEY");
  EXPECT_EQ(code(token(good, "k", R"(,"jku":"https://evil.example")")), "INVALID_TOKEN");
  key = SignatureKey::generate(GetParam());
  EXPECT_EQ(code(token(good)), "INVALID_TOKEN");
  for (auto const* header : {R"({"alg":"none","kid":"k"})", R"({"alg":"HS256","kid":"k"})"})
    EXPECT_EQ(code(crypto::base64url(header) + "." + crypto::base64url(good) + "."),
              "INVALID_TOKEN");
}

TEST(ProviderKeys, that_cannot_sign_are_left_out) {
  EXPECT_TRUE(read_jwks("no JSON").empty());
  EXPECT_TRUE(
      read_jwks(R"({"keys":[{"kty":"oct","k":"AA"},{"kty":"EC","crv":"P-384"},{}]})").empty());
}

}  // namespace
}  // namespace insighta::identity
