#pragma once

#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace insighta::crypto {
class SignatureKey;
}

namespace insighta::identity {

class KeyRepository;
struct StoredKey;

/// The keys that sign and verify access tokens. One per process, shared by all threads: each takes
/// the current set, which never changes, and the next load puts another in its place.
class KeyRing {
 public:
  struct Set {
    std::map<std::string, std::shared_ptr<crypto::SignatureKey const>, std::less<>>
        keys;  ///< by kid
    std::string signing_kid;
    std::string jwks;  ///< RFC 7517, public parts only
  };

  /// `key_encryption_key`: 32 bytes.
  KeyRing(std::string key_encryption_key, bool is_development);

  /// Reads the keys; keeps what it has when nothing changed. Throws std::runtime_error when one
  /// cannot be opened, or is a development key outside of development.
  Task<void> load(KeyRepository& repository);
  /// For a token whose key is unknown here, because another replica has made it a moment ago: loads
  /// again, a few times a second at most. False when that was too recently.
  Task<bool> load_for_unknown_key(KeyRepository& repository);

  std::shared_ptr<Set const> current() const { return set_.load(); }

  /// A new key, sealed as it is stored; its kid is its thumbprint.
  StoredKey seal(crypto::SignatureKey const& key) const;

 private:
  std::shared_ptr<crypto::SignatureKey const> open(StoredKey const& stored) const;

  std::string const key_encryption_key_;
  bool const is_development_;
  std::atomic<std::shared_ptr<Set const>> set_;      // shared: readers keep the set they began with
  std::atomic<std::int64_t> last_extra_load_ms_{0};  // steady clock
};

}  // namespace insighta::identity
