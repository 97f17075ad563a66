#pragma once

#include "identity/domain/audit.hpp"
#include "identity/domain/session.hpp"
#include "identity/domain/user.hpp"
#include "platform/listing/list_page.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity::wire {

/// `{"status":"success","data":{…}}` of one person; with `user` as the same object for /auth/me.
std::string user_answer(User const& user, bool repeats_as_user = false);

std::string users_answer(std::vector<User> const& users, listing::ListPage const& page);
std::string audit_answer(std::vector<AuditRecord> const& records, listing::ListPage const& page);
/// One line of NDJSON, the same members.
void append_audit_line(std::string& text, AuditRecord const& record);
/// `current` is the session that asks.
std::string sessions_answer(std::vector<Session> const& sessions, SessionId current);

std::string identities_answer(std::vector<LinkedIdentity> const& identities);
/// How many sessions were ended.
std::string ended_answer(std::int64_t ended);

}  // namespace insighta::identity::wire
