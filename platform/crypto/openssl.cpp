#include "platform/crypto/openssl.hpp"

#include <openssl/err.h>

#include <stdexcept>
#include <string>

namespace insighta::crypto {

void check(bool is_fine, char const* operation) {
  if (is_fine) return;
  ERR_clear_error();
  throw std::runtime_error(std::string{"OpenSSL: "} + operation + " failed");
}

}  // namespace insighta::crypto
