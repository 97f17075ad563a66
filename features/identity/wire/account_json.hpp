#pragma once

#include "identity/domain/audit.hpp"
#include "identity/domain/session.hpp"
#include "identity/domain/user.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity::wire {

/// `{"status":"success","data":{…}}` of one person; with `user` as the same object for /auth/me.
std::string user_answer(User const& user, bool repeats_as_user = false);

/// Where a list stands (spec api.md section 1). `path` is what the caller used, `query` its own
/// filters, encoded, without page and limit.
struct Page {
  std::int64_t page = 1;
  std::int64_t limit = 20;
  std::int64_t total = 0;
  std::string path;
  std::string query;
};

std::string users_answer(std::vector<User> const& users, Page const& page);
std::string audit_answer(std::vector<AuditRecord> const& records, Page const& page);
/// One line of NDJSON, the same members.
void append_audit_line(std::string& text, AuditRecord const& record);
/// `current` is the session that asks.
std::string sessions_answer(std::vector<Session> const& sessions, SessionId current);

std::string identities_answer(std::vector<LinkedIdentity> const& identities);
/// How many sessions were ended.
std::string ended_answer(std::int64_t ended);

}  // namespace insighta::identity::wire
