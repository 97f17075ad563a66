#pragma once

#include "identity/domain/ids.hpp"
#include "platform/clock/clock.hpp"
#include "platform/uuid/uuid.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace insighta::identity {

using AuditId = Id<struct AuditTag>;

/// Something that happened to somebody's access. Written in the transaction that causes it.
struct AuditEntry {
  Instant at;
  std::string action;  ///< sign_in, refresh_token_reuse, role_changed, …
  std::optional<UserId> actor;
  std::optional<UserId> target;
  std::string address;
  std::string request_id;
  std::vector<std::pair<std::string, std::string>> details;
};

/// As read back, with the names of the people.
struct AuditRecord {
  AuditId id;
  Instant at;
  std::string action;
  std::optional<UserId> actor;
  std::optional<std::string> actor_login;
  std::optional<UserId> target;
  std::optional<std::string> target_login;
  std::string address;
  std::string request_id;
  std::string details_json;
};

struct AuditFilter {
  std::optional<std::string> action;
  std::optional<UserId> user;
  std::optional<Instant> from;
  std::optional<Instant> to;
  std::optional<std::string> text;  ///< part of action, names, address or details
};

}  // namespace insighta::identity
