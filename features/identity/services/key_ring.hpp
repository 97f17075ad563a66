#pragma once

#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace insighta::crypto {
class EcKey;
}

namespace insighta::identity {

class KeyRepository;

/// The keys that sign and verify access tokens. One per process, shared by all threads: each takes
/// the current set, which never changes, and the next load puts another in its place.
class KeyRing {
 public:
  struct Set {
    std::map<std::string, std::shared_ptr<crypto::EcKey const>, std::less<>> keys;  ///< by kid
    std::string signing_kid;
    std::string jwks;  ///< RFC 7517, public parts only
  };

  /// `key_encryption_key`: 32 bytes.
  KeyRing(std::string key_encryption_key, bool is_development);

  /// Reads the keys, and makes the first one if there is none. Throws std::runtime_error when one
  /// cannot be opened, or is a development key outside of development.
  Task<void> load(KeyRepository& repository, Transactions& transactions, Clock const& clock);
  /// Reads them again; keeps what it has when nothing changed.
  Task<void> reload(KeyRepository& repository);

  std::shared_ptr<Set const> current() const { return set_.load(); }

 private:
  struct Reader;

  std::string const key_encryption_key_;
  bool const is_development_;
  std::atomic<std::shared_ptr<Set const>> set_;  // shared: readers keep the set they began with
};

}  // namespace insighta::identity
