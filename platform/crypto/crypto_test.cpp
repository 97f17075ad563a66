#include "platform/crypto/crypto.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace insighta::crypto {
namespace {

std::string hex_of(Digest const& digest) {
  return hex(as_bytes(digest));
}

TEST(CryptoEncoding, knows_the_vectors_of_rfc_4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(base64_decode("Zm8="), "fo");
}

TEST(CryptoEncoding, refuses_a_second_text_for_the_same_bytes) {
  for (auto const* text : {"Zh", "Zg==", "Z", "Zg=", "Zm9\n", "Zm+v"})
    EXPECT_FALSE(base64url_decode(text)) << text;
  for (auto const* text : {"Zg", "Zh==", "Zg===", "=", "Zm-v"})
    EXPECT_FALSE(base64_decode(text)) << text;
}

RC_GTEST_PROP(CryptoEncodingProperty, reads_back_what_it_wrote, (std::string const& bytes)) {
  RC_ASSERT(base64url_decode(base64url(bytes)) == bytes);
  RC_ASSERT(base64_decode(base64(bytes)) == bytes);
}

TEST(CryptoDigest, knows_published_vectors) {
  EXPECT_EQ(hex_of(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231 test case 2.
  EXPECT_EQ(hex_of(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // RFC 7636 appendix B.
  EXPECT_EQ(base64url(as_bytes(sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  // RFC 5869 test case 3, its first 32 bytes.
  EXPECT_EQ(hex(derive_key(std::string(22, '\x0b'), "")),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
  EXPECT_EQ(crc32("123456789"), 0xcbf43926u);
}

TEST(CryptoDigest, compares_whole_texts) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
  EXPECT_TRUE(equal_in_constant_time("", ""));
}

TEST(CryptoRandom, does_not_repeat) {
  EXPECT_EQ(random_bytes(32).size(), 32u);
  EXPECT_NE(random_bytes(32), random_bytes(32));
}

TEST(CryptoSealing, opens_only_what_was_not_touched) {
  std::string const key(32, 'k');
  auto const sealed = seal(key, "the secret", "row 7");
  EXPECT_EQ(open(key, sealed, "row 7"), "the secret");
  EXPECT_FALSE(open(key, sealed, "row 8"));
  EXPECT_FALSE(open(std::string(32, 'x'), sealed, "row 7"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open(key, changed, "row 7")) << i;
  }
  EXPECT_FALSE(open(key, sealed.substr(0, 20), "row 7"));
  EXPECT_NE(seal(key, "the secret", "row 7"), sealed);
}

TEST(CryptoSealing, refuses_a_short_key) {
  EXPECT_THROW(seal("short", "text", ""), std::runtime_error);
}

/// The key of RFC 7515 appendix A.3 as SEC 1 DER.
SignatureKey rfc_key() {
  auto const d = *base64url_decode("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
  auto const x = *base64url_decode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
  auto const y = *base64url_decode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
  std::string const der = std::string("\x30\x77\x02\x01\x01\x04\x20", 7) + d +
                          std::string("\xa0\x0a\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", 12) +
                          std::string("\xa1\x44\x03\x42\x00\x04", 6) + x + y;
  return SignatureKey::from_private_der(der).value();
}

constexpr std::string_view rfc_message =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
constexpr std::string_view rfc_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

TEST(CryptoSignatureKey, verifies_the_example_of_rfc_7515) {
  auto const key = rfc_key();
  EXPECT_TRUE(key.verify(rfc_message, *base64url_decode(rfc_signature)));
  EXPECT_FALSE(key.verify(std::string{rfc_message} + "x", *base64url_decode(rfc_signature)));
  std::vector<std::pair<std::string, std::string>> const members = {
      {"crv", "P-256"},
      {"kty", "EC"},
      {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
      {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}};
  EXPECT_EQ(key.jwk_members(), members);
}

TEST(CryptoSignatureKey, refuses_signatures_out_of_range) {
  auto const key = rfc_key();
  auto const good = *base64url_decode(rfc_signature);
  std::string const zero(32, '\0');
  std::string const large(32, '\xff');
  for (auto const& bad :
       {std::string{}, good.substr(0, 63), good + "x", zero + zero, zero + good.substr(32),
        good.substr(0, 32) + zero, large + good.substr(32), good.substr(0, 32) + large})
    EXPECT_FALSE(key.verify(rfc_message, bad));
}

TEST(CryptoSignatureKey, signs_and_survives_being_stored) {
  auto const key = SignatureKey::generate(SignatureAlgorithm::es256);
  auto const copy = SignatureKey::from_private_der(key.private_der()).value();
  for (int i = 0; i < 50; ++i) {
    auto const signature = key.sign("message");
    EXPECT_EQ(signature.size(), 64u);
    EXPECT_TRUE(copy.verify("message", signature));
  }
  EXPECT_FALSE(
      SignatureKey::generate(SignatureAlgorithm::es256).verify("message", key.sign("message")));
  EXPECT_FALSE(SignatureKey::from_private_der("not a key"));
}

constexpr std::string_view rfc_rsa_modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4"
    "d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5re"
    "xMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxX"
    "FvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
constexpr std::string_view rfc_rsa_message =
    "eyJhbGciOiJSUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
constexpr std::string_view rfc_rsa_signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb"
    "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO"
    "YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

TEST(CryptoSignatureKey, of_rsa_verifies_the_example_of_rfc_7515) {
  auto const key = SignatureKey::from_rsa_public(*base64url_decode(rfc_rsa_modulus),
                                                 std::string("\x01\x00\x01", 3));
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->verify(rfc_rsa_message, *base64url_decode(rfc_rsa_signature)));
  EXPECT_FALSE(key->verify(rfc_message, *base64url_decode(rfc_rsa_signature)));
  EXPECT_EQ(key->jwk_members()[2].second, rfc_rsa_modulus);
}

TEST(CryptoSignatureKey, of_rsa_signs_and_survives_being_stored_and_published) {
  auto const key = SignatureKey::generate(SignatureAlgorithm::rs256);
  auto const copy = SignatureKey::from_private_der(key.private_der()).value();
  EXPECT_EQ(copy.algorithm(), SignatureAlgorithm::rs256);
  auto const signature = key.sign("message");
  EXPECT_EQ(signature.size(), 256u);
  auto const members = key.jwk_members();
  auto const known = SignatureKey::from_rsa_public(*base64url_decode(members[2].second),
                                                   *base64url_decode(members[0].second));
  ASSERT_TRUE(known);
  EXPECT_TRUE(known->verify("message", signature));
  EXPECT_TRUE(copy.verify("message", signature));
  EXPECT_FALSE(known->verify("another", signature));
  EXPECT_FALSE(known->verify("message", signature.substr(1)));
  EXPECT_FALSE(known->verify("message", ""));
}

TEST(CryptoSignatureKey, is_made_of_a_published_point) {
  auto const key = SignatureKey::generate(SignatureAlgorithm::es256);
  auto const members = key.jwk_members();
  auto const x = *base64url_decode(members[2].second);
  auto const y = *base64url_decode(members[3].second);
  auto const known = SignatureKey::from_ec_public(x, y);
  ASSERT_TRUE(known);
  EXPECT_TRUE(known->verify("message", key.sign("message")));
  EXPECT_FALSE(SignatureKey::from_ec_public(x, x));
  EXPECT_FALSE(SignatureKey::from_ec_public(x.substr(1), y));
}

TEST(CryptoSignatureKey, of_rsa_is_not_weak) {
  std::string const exponent("\x01\x00\x01", 3);
  auto const modulus_of_1024_bits = *base64url_decode(
      "zoAkYSK9E3ZHcJSXNIBTNVNpVPxYMkuBKkBEpNmFZnOSC9KFb1lMteeL5hDHpKqdKmt3CPAZIdnGu9EFIyioY5OnXD"
      "kRY7iwIvepBDRXG8lEmALazGGcWYGqfb5bqMBTg6ez1KOJnXOuJ_vNmetqOXXi5IWmJBtuM_m8yVQ4C_M");
  EXPECT_FALSE(SignatureKey::from_rsa_public(modulus_of_1024_bits, exponent));
  EXPECT_FALSE(SignatureKey::from_rsa_public(*base64url_decode(rfc_rsa_modulus), "\x01"));
  EXPECT_FALSE(SignatureKey::from_rsa_public(std::string(2048, '\xff'), exponent));
  EXPECT_FALSE(SignatureKey::from_rsa_public("", ""));
}

}  // namespace
}  // namespace insighta::crypto
