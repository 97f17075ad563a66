#pragma once

#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace insighta {
class EventLoop;
}

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

  /// Reads the keys; keeps what it has when nothing changed, or when a load that began later was
  /// faster. Throws std::runtime_error when one cannot be opened, or is a development key outside
  /// of development.
  Task<void> load(KeyRepository& repository);
  /// For a token whose key is unknown here, because another replica may have made it a moment ago:
  /// returns when a load that began after this call is done. All who ask meanwhile, on any thread,
  /// share it, and there are ten a second at most.
  Task<void> load_anew(KeyRepository& repository, EventLoop& loop);

  std::shared_ptr<Set const> current() const { return set_.load(); }

  /// A new key, sealed as it is stored; its kid is its thumbprint.
  StoredKey seal(crypto::SignatureKey const& key) const;

 private:
  std::shared_ptr<crypto::SignatureKey const> open(StoredKey const& stored) const;
  std::shared_ptr<Set const> read(std::vector<StoredKey> const& stored) const;
  bool may_load_anew();

  std::string const key_encryption_key_;
  bool const is_development_;
  std::atomic<std::shared_ptr<Set const>> set_;  // shared: readers keep the set they began with
  // Loads are numbered as they begin. One that began before an emergency and ends after it must not
  // bring a dropped key back.
  std::atomic<std::uint64_t> last_begun_{0};
  std::atomic<std::uint64_t> last_done_{0};
  std::mutex finishing_;
  std::atomic<std::int64_t> last_anew_ms_{0};  // steady clock
};

}  // namespace insighta::identity
