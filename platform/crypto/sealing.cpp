#include "platform/crypto/crypto.hpp"
#include "platform/crypto/openssl.hpp"

#include <stdexcept>

namespace insighta::crypto {

namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

void require_key(std::string_view key) {
  if (key.size() != key_size) throw std::runtime_error("AES-256-GCM takes a key of 32 bytes");
}

}  // namespace

std::string seal(std::string_view key, std::string_view plaintext, std::string_view context) {
  require_key(key);
  auto sealed = random_bytes(nonce_size);
  sealed.resize(nonce_size + plaintext.size() + tag_size);
  auto* const text = octets(sealed.data() + nonce_size);
  CipherContext const cipher{EVP_CIPHER_CTX_new()};
  int size = 0;
  bool const is_fine = cipher &&
                       EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, octets(key),
                                          octets(sealed)) == 1 &&
                       EVP_EncryptUpdate(cipher.get(), nullptr, &size, octets(context),
                                         static_cast<int>(context.size())) == 1 &&
                       EVP_EncryptUpdate(cipher.get(), text, &size, octets(plaintext),
                                         static_cast<int>(plaintext.size())) == 1 &&
                       EVP_EncryptFinal_ex(cipher.get(), text + size, &size) == 1 &&
                       EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size,
                                           text + plaintext.size()) == 1;
  check(is_fine, "AES-256-GCM");
  return sealed;
}

std::optional<std::string> open(std::string_view key, std::string_view sealed,
                                std::string_view context) {
  require_key(key);
  if (sealed.size() < nonce_size + tag_size) return {};
  auto const nonce = sealed.substr(0, nonce_size);
  auto const text = sealed.substr(nonce_size, sealed.size() - nonce_size - tag_size);
  std::string tag{sealed.substr(sealed.size() - tag_size)};
  std::string plaintext(text.size(), '\0');
  CipherContext const cipher{EVP_CIPHER_CTX_new()};
  int size = 0;
  bool const is_ready =
      cipher &&
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, octets(key), octets(nonce)) ==
          1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, octets(context),
                        static_cast<int>(context.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), octets(plaintext.data()), &size, octets(text),
                        static_cast<int>(text.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()) == 1;
  check(is_ready, "AES-256-GCM");
  if (EVP_DecryptFinal_ex(cipher.get(), octets(plaintext.data()) + size, &size) != 1) return {};
  return plaintext;
}

}  // namespace insighta::crypto
