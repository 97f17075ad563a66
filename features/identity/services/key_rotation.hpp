#pragma once

#include "identity/domain/signing_key.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace insighta::crypto {
enum class SignatureAlgorithm;
}

namespace insighta::identity {

class AuditRepository;
class KeyRepository;
class KeyRing;

/// The life of the signing keys (spec auth.md section 6). Any replica may do it: they take turns by
/// a lock, and who comes second finds nothing to do.
class KeyRotation {
 public:
  struct Settings {
    std::chrono::seconds rotation{std::chrono::hours{24}};  ///< how long a key signs
    crypto::SignatureAlgorithm algorithm;                   ///< of new keys
  };
  KeyRotation(Settings settings, KeyRing const& ring, KeyRepository& repository,
              AuditRepository& audit, Transactions& transactions, Clock const& clock)
      : settings_(settings),
        ring_(ring),
        repository_(repository),
        audit_(audit),
        transactions_(transactions),
        clock_(clock) {}

  /// Does what is due; called every minute, and once before anybody is served.
  Task<void> run();
  /// Publishes the next key now; gives when it will sign.
  Task<Instant> begin();
  /// Drops every key and signs with a new one at once: what was signed before is dead.
  Task<void> replace_all();

  Task<std::vector<KeyFacts>> list();

 private:
  /// Gives the new key's kid.
  Task<std::string> make(Transaction& tx, KeyState state, Instant now);
  Task<void> carry_out(Transaction& tx, KeyPlan const& plan, Instant now);
  Task<void> note(Transaction& tx, std::string_view how, std::string_view kid, Instant now);

  Settings const settings_;
  KeyRing const& ring_;
  KeyRepository& repository_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
