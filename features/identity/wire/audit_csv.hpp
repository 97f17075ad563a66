#pragma once

#include "identity/domain/audit.hpp"

#include <string>
#include <string_view>

namespace insighta::identity::wire {

inline constexpr std::string_view audit_csv_header =
    "id,at,action,actor,actor_username,target,target_username,address,request_id,details\r\n";

/// One line (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe.
void append_audit_csv(std::string& text, AuditRecord const& record);

}  // namespace insighta::identity::wire
