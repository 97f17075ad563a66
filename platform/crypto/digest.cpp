#include "platform/crypto/crypto.hpp"
#include "platform/crypto/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace insighta::crypto {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  check(RAND_bytes(octets(bytes.data()), static_cast<int>(count)) == 1, "RAND_bytes");
  return bytes;
}

Digest sha256(std::string_view bytes) {
  // Looked up once: SHA256() does so each time, which costs more than the digest of a token.
  static EVP_MD const* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Digest digest;
  check(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr) == 1,
        "EVP_Digest");
  return digest;
}

std::string_view as_bytes(Digest const& digest) {
  return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

Digest hmac_sha256(std::string_view key, std::string_view message) {
  Digest digest;
  unsigned int size = 0;
  check(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(message),
             message.size(), digest.data(), &size) != nullptr,
        "HMAC");
  return digest;
}

std::string derive_key(std::string_view secret, std::string_view info) {
  KeyContext const context{EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr)};
  std::string key(32, '\0');
  auto size = key.size();
  bool const is_fine = context && EVP_PKEY_derive_init(context.get()) == 1 &&
                       EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) == 1 &&
                       EVP_PKEY_CTX_set1_hkdf_key(context.get(), octets(secret),
                                                  static_cast<int>(secret.size())) == 1 &&
                       EVP_PKEY_CTX_add1_hkdf_info(context.get(), octets(info),
                                                   static_cast<int>(info.size())) == 1 &&
                       EVP_PKEY_derive(context.get(), octets(key.data()), &size) == 1;
  check(is_fine, "HKDF");
  return key;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace insighta::crypto
