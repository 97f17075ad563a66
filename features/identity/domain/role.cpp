#include "identity/domain/role.hpp"

namespace insighta::identity {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::admin:
      return "admin";
    case Role::trainer:
      return "trainer";
    case Role::client:
      return "client";
    case Role::analyst:
      return "analyst";
  }
  return "none";
}

std::optional<Role> parse_role(std::string_view text) {
  for (auto const role : all_roles)
    if (to_string(role) == text) return role;
  return {};
}

std::vector<Role> Roles::list() const {
  std::vector<Role> roles;
  for (auto const role : all_roles)
    if (has(role)) roles.push_back(role);
  return roles;
}

std::string_view Roles::first() const {
  for (auto const role : all_roles)
    if (has(role)) return to_string(role);
  return "none";
}

}  // namespace insighta::identity
