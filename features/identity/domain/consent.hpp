#pragma once

#include "identity/domain/ids.hpp"
#include "identity/domain/permission.hpp"
#include "platform/clock/clock.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::identity {

/// An application that somebody has allowed to act for them.
struct ConnectedApp {
  std::string client_id;
  std::string name;
  std::vector<Scope> scopes;
  Instant granted_at;
  std::optional<Instant> last_used_at;
};

/// A session that ended because one of its refresh tokens came twice.
struct ReuseNotice {
  SessionId session_id;
  std::string client_id;
  std::string client_name;
  Instant at;
  std::string address;        ///< of the session's last use
  std::string other_address;  ///< of the second use
};

}  // namespace insighta::identity
