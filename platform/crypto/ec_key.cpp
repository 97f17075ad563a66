#include "platform/crypto/crypto.hpp"
#include "platform/crypto/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/x509.h>

#include <utility>

namespace insighta::crypto {

namespace {

constexpr std::size_t scalar_size = 32;

std::string coordinate(EVP_PKEY const* key, char const* name) {
  BIGNUM* raw = nullptr;
  check(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "reading a public key");
  BigNumber const number{raw};
  std::string bytes(scalar_size, '\0');
  check(BN_bn2binpad(number.get(), octets(bytes.data()), scalar_size) == scalar_size,
        "reading a public key");
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

}  // namespace

struct EcKey::State {
  KeyHandle key;
};

EcKey::EcKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
EcKey::~EcKey() = default;
EcKey::EcKey(EcKey&&) noexcept = default;
EcKey& EcKey::operator=(EcKey&&) noexcept = default;

EcKey EcKey::generate() {
  KeyHandle key{EVP_EC_gen("P-256")};
  check(key != nullptr, "generating a P-256 key");
  return EcKey{std::make_unique<State>(State{std::move(key)})};
}

std::optional<EcKey> EcKey::from_private_der(std::string_view der) {
  auto const* cursor = octets(der);
  KeyHandle key{d2i_AutoPrivateKey(nullptr, &cursor, static_cast<long>(der.size()))};
  if (!key || !is_p256(key.get())) return {};
  return EcKey{std::make_unique<State>(State{std::move(key)})};
}

std::string EcKey::private_der() const {
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

std::string EcKey::x() const {
  return coordinate(state_->key.get(), OSSL_PKEY_PARAM_EC_PUB_X);
}

std::string EcKey::y() const {
  return coordinate(state_->key.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
}

std::string EcKey::sign(std::string_view message) const {
  DigestContext const context{EVP_MD_CTX_new()};
  std::string der(128, '\0');
  auto size = der.size();
  check(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                      state_->key.get()) == 1,
        "EVP_DigestSignInit");
  check(EVP_DigestSign(context.get(), octets(der.data()), &size, octets(message), message.size()) ==
            1,
        "EVP_DigestSign");
  return from_der(std::string_view{der}.substr(0, size));
}

bool EcKey::verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != 2 * scalar_size) return false;
  auto const der = to_der(signature);
  if (der.empty()) return false;
  DigestContext const context{EVP_MD_CTX_new()};
  check(context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                        state_->key.get()) == 1,
        "EVP_DigestVerifyInit");
  return EVP_DigestVerify(context.get(), octets(der), der.size(), octets(message),
                          message.size()) == 1;
}

}  // namespace insighta::crypto
