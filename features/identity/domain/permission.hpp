#pragma once

#include "identity/domain/role.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace insighta::identity {

/// What a route asks for. One table says which roles have it and which token scope it needs.
enum class Permission : std::uint8_t {
  account_read,   ///< one's own account and sessions; every signed-in person
  account_write,  ///< end one's own sessions
  profiles_read,
  profiles_write,
  profiles_import,
  profiles_delete,
  users_read,
  users_write,
  audit_read,
  clients_read,
  clients_write,
  trainers_read,  ///< trainers, their times and reviews, and plans; every signed-in person
  trainers_write,
  trainers_approve,
  availability_write,
  bookings_read,  ///< appointments of every kind in which one has a part
  bookings_write,
  bookings_correct,
  bookings_stats,
  reviews_write,
  credits_read,
  credits_write,
  credits_manage,
  integrity_read,
};

/// OAuth scopes (spec interfaces.md section 2). Higher ones do not include lower ones.
enum class Scope : std::uint8_t { read, write, admin };

std::string_view to_string(Permission permission);
std::string_view to_string(Scope scope);
std::optional<Scope> parse_scope(std::string_view text);

bool is_granted(Permission permission, Roles roles);
Scope required_scope(Permission permission);
/// Every permission of these roles, in the order of the enumeration.
std::vector<Permission> permissions_of(Roles roles);

}  // namespace insighta::identity
