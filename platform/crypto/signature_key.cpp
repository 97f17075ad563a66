#include "platform/crypto/crypto.hpp"
#include "platform/crypto/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/params.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <utility>

namespace insighta::crypto {

namespace {

constexpr std::size_t scalar_size = 32;

/// A number of the key in big-endian order, padded to `size` bytes; in its own size for 0.
std::string number(EVP_PKEY const* key, char const* name, std::size_t size) {
  BIGNUM* raw = nullptr;
  check(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "reading a public key");
  BigNumber const value{raw};
  std::string bytes(size == 0 ? static_cast<std::size_t>(BN_num_bytes(raw)) : size, '\0');
  auto const width = static_cast<int>(bytes.size());
  check(BN_bn2binpad(value.get(), octets(bytes.data()), width) == width, "reading a public key");
  return bytes;
}

bool is_p256(EVP_PKEY const* key) {
  char group[64] = {};
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 &&
         std::string_view{group} == "prime256v1";
}

/// The order of the group, for the range check of r and s.
BIGNUM const* group_order() {
  static BigNumber const order = [] {
    BIGNUM* number = nullptr;
    BN_hex2bn(&number, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    return BigNumber{number};
  }();
  return order.get();
}

BigNumber scalar_of(std::string_view bytes) {
  return BigNumber{BN_bin2bn(octets(bytes), scalar_size, nullptr)};
}

bool is_in_range(BIGNUM const* number) {
  return !BN_is_zero(number) && BN_cmp(number, group_order()) < 0;
}

/// r || s to DER; empty when r or s is out of range.
std::string to_der(std::string_view signature) {
  auto r = scalar_of(signature.substr(0, scalar_size));
  auto s = scalar_of(signature.substr(scalar_size));
  if (!is_in_range(r.get()) || !is_in_range(s.get())) return {};
  EcSignature const parsed{ECDSA_SIG_new()};
  check(parsed && ECDSA_SIG_set0(parsed.get(), r.release(), s.release()) == 1, "ECDSA_SIG_set0");
  unsigned char* der = nullptr;
  auto const size = i2d_ECDSA_SIG(parsed.get(), &der);
  check(size > 0, "i2d_ECDSA_SIG");
  std::string bytes{reinterpret_cast<char const*>(der), static_cast<std::size_t>(size)};
  OPENSSL_free(der);
  return bytes;
}

std::string from_der(std::string_view der) {
  auto const* cursor = octets(der);
  EcSignature const parsed{d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size()))};
  check(parsed != nullptr, "d2i_ECDSA_SIG");
  std::string signature(2 * scalar_size, '\0');
  auto* const out = octets(signature.data());
  check(BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), out, scalar_size) == scalar_size &&
            BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), out + scalar_size, scalar_size) ==
                scalar_size,
        "BN_bn2binpad");
  return signature;
}

/// From numbers of a JWK; null when they make no key.
KeyHandle public_key(char const* type, OSSL_PARAM* parameters) {
  KeyContext const context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
  EVP_PKEY* key = nullptr;
  check(context && EVP_PKEY_fromdata_init(context.get()) == 1, "EVP_PKEY_fromdata_init");
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) return {};
  return KeyHandle{key};
}

bool is_sound(EVP_PKEY* key) {
  KeyContext const context{EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)};
  return context && EVP_PKEY_public_check(context.get()) == 1;
}

constexpr int generated_bits = 2'048;
constexpr int fewest_bits = 2'048;
constexpr int most_bits = 8'192;

}  // namespace

std::string_view to_string(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::es256 ? "ES256" : "RS256";
}

std::optional<SignatureAlgorithm> parse_signature_algorithm(std::string_view text) {
  for (auto const algorithm : {SignatureAlgorithm::es256, SignatureAlgorithm::rs256})
    if (to_string(algorithm) == text) return algorithm;
  return {};
}

struct SignatureKey::State {
  KeyHandle key;
  SignatureAlgorithm algorithm;
};

SignatureKey::SignatureKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SignatureKey::~SignatureKey() = default;
SignatureKey::SignatureKey(SignatureKey&&) noexcept = default;
SignatureKey& SignatureKey::operator=(SignatureKey&&) noexcept = default;

SignatureKey SignatureKey::generate(SignatureAlgorithm algorithm) {
  KeyHandle key{algorithm == SignatureAlgorithm::es256 ? EVP_EC_gen("P-256")
                                                       : EVP_RSA_gen(generated_bits)};
  check(key != nullptr, "generating a key");
  return SignatureKey{std::make_unique<State>(State{std::move(key), algorithm})};
}

std::optional<SignatureKey> SignatureKey::from_private_der(std::string_view der) {
  auto const* cursor = octets(der);
  KeyHandle key{d2i_AutoPrivateKey(nullptr, &cursor, static_cast<long>(der.size()))};
  if (!key) return {};
  auto algorithm = SignatureAlgorithm::es256;
  if (EVP_PKEY_is_a(key.get(), "RSA") == 1)
    algorithm = SignatureAlgorithm::rs256;
  else if (!is_p256(key.get()))
    return {};
  return SignatureKey{std::make_unique<State>(State{std::move(key), algorithm})};
}

std::optional<SignatureKey> SignatureKey::from_ec_public(std::string_view x, std::string_view y) {
  if (x.size() != scalar_size || y.size() != scalar_size) return {};
  std::string point = "\x04" + std::string{x} + std::string{y};
  char group[] = "prime256v1";
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  auto key = public_key("EC", parameters);
  if (!key || !is_sound(key.get())) return {};
  return SignatureKey{std::make_unique<State>(State{std::move(key), SignatureAlgorithm::es256})};
}

std::optional<SignatureKey> SignatureKey::from_rsa_public(std::string_view n, std::string_view e) {
  if (n.size() > most_bits / 8 || e.empty() || e.size() > 4) return {};
  auto const reversed = [](std::string_view big_endian) {  // parameters take the machine's order
    return std::string{big_endian.rbegin(), big_endian.rend()};
  };
  auto modulus = reversed(n);
  auto exponent = reversed(e);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, octets(modulus.data()), modulus.size()),
      OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, octets(exponent.data()), exponent.size()),
      OSSL_PARAM_construct_end()};
  auto key = public_key("RSA", parameters);
  if (!key || EVP_PKEY_get_bits(key.get()) < fewest_bits || !is_sound(key.get())) return {};
  return SignatureKey{std::make_unique<State>(State{std::move(key), SignatureAlgorithm::rs256})};
}

SignatureAlgorithm SignatureKey::algorithm() const {
  return state_->algorithm;
}

std::string SignatureKey::private_der() const {
  std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freer<PKCS8_PRIV_KEY_INFO_free>> const info{
      EVP_PKEY2PKCS8(state_->key.get())};
  check(info != nullptr, "EVP_PKEY2PKCS8");
  unsigned char* der = nullptr;
  auto const size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  check(size > 0, "i2d_PKCS8_PRIV_KEY_INFO");
  std::string bytes{reinterpret_cast<char const*>(der), static_cast<std::size_t>(size)};
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return bytes;
}

std::vector<std::pair<std::string, std::string>> SignatureKey::jwk_members() const {
  auto const* const key = state_->key.get();
  if (state_->algorithm == SignatureAlgorithm::rs256)
    return {{"e", base64url(number(key, OSSL_PKEY_PARAM_RSA_E, 0))},
            {"kty", "RSA"},
            {"n", base64url(number(key, OSSL_PKEY_PARAM_RSA_N, 0))}};
  return {{"crv", "P-256"},
          {"kty", "EC"},
          {"x", base64url(number(key, OSSL_PKEY_PARAM_EC_PUB_X, scalar_size))},
          {"y", base64url(number(key, OSSL_PKEY_PARAM_EC_PUB_Y, scalar_size))}};
}

std::string SignatureKey::sign(std::string_view message) const {
  DigestContext const context{EVP_MD_CTX_new()};
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(state_->key.get())), '\0');
  auto size = signature.size();
  check(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                      state_->key.get()) == 1,
        "EVP_DigestSignInit");
  check(EVP_DigestSign(context.get(), octets(signature.data()), &size, octets(message),
                       message.size()) == 1,
        "EVP_DigestSign");
  signature.resize(size);
  return state_->algorithm == SignatureAlgorithm::es256 ? from_der(signature) : signature;
}

bool SignatureKey::verify(std::string_view message, std::string_view signature) const {
  std::string der;
  if (state_->algorithm == SignatureAlgorithm::es256) {
    if (signature.size() == 2 * scalar_size) der = to_der(signature);
    if (der.empty()) return false;
    signature = der;
  }
  DigestContext const context{EVP_MD_CTX_new()};
  check(context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                        state_->key.get()) == 1,
        "EVP_DigestVerifyInit");
  return EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                          message.size()) == 1;
}

}  // namespace insighta::crypto
