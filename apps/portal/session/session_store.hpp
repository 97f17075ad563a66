#pragma once

#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "session/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::portal {

/// Sessions and sign-ins in the portal's schema; tokens and verifiers sealed under the portal's
/// key, bound to their row. One per event loop.
class SessionStore {
 public:
  SessionStore(postgres::Database& database, std::string_view session_key);

  Task<std::optional<Session>> find(std::string id_hash, Instant now);
  Task<void> insert(Session const& session, Instant now, Instant expires_at);
  Task<void> remove(std::string id_hash);

  /// The right to refresh this version of the tokens, as the key to send; nothing while another
  /// holds it or when the version has moved on.
  Task<std::optional<std::string>> claim_refresh(Session const& session, std::string attempt_key);
  Task<void> release_refresh(Session const& session);
  /// False when the version has moved on.
  Task<bool> replace_tokens(Session const& session);
  /// Removes the session unless its tokens were replaced meanwhile.
  Task<bool> remove_version(Session const& session);

  Task<void> insert_sign_in(std::string state_hash, std::string browser_hash, SignIn const& sign_in,
                            Instant expires_at);
  /// Single use; nothing when unknown, expired or of another browser.
  Task<std::optional<SignIn>> take_sign_in(std::string state_hash, std::string browser_hash,
                                           Instant now);

  Task<void> add_flash(std::string session_hash, std::string target, Flash const& flash,
                       Instant now);
  Task<std::vector<Flash>> take_flashes(std::string session_hash, std::string target);
  Task<void> store_preferences(Uuid user_id, Preferences const& preferences);

  Task<void> remove_expired(Instant now);

 private:
  std::string seal_tokens(Session const& session) const;
  bool open_tokens(std::string_view sealed, Session& session) const;

  postgres::Database& database_;
  std::string key_;
};

}  // namespace insighta::portal
