#include "identity/domain/permission.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

struct Rule {
  Permission permission;
  std::string_view name;
  Scope scope;
  Roles roles;
  bool is_for_everyone = false;
};

std::vector<Rule> const& table() {
  using enum Permission;
  static std::vector<Rule> const rules = {
      {account_read, "account:read", Scope::read, {}, true},
      {account_write, "account:write", Scope::write, {}, true},
      {profiles_read, "profiles:read", Scope::read, {Role::admin, Role::analyst}},
      {profiles_write, "profiles:write", Scope::write, {Role::admin}},
      {profiles_import, "profiles:import", Scope::write, {Role::admin}},
      {profiles_delete, "profiles:delete", Scope::write, {Role::admin}},
      {users_read, "users:read", Scope::admin, {Role::admin}},
      {users_write, "users:write", Scope::admin, {Role::admin}},
      {audit_read, "audit:read", Scope::admin, {Role::admin}},
      {clients_read, "clients:read", Scope::admin, {Role::admin}},
      {clients_write, "clients:write", Scope::admin, {Role::admin}},
      {trainers_read, "trainers:read", Scope::read, {}, true},
      {trainers_write, "trainers:write", Scope::write, {Role::admin, Role::trainer}},
      {trainers_approve, "trainers:approve", Scope::admin, {Role::admin}},
      {availability_write, "availability:write", Scope::write, {Role::admin, Role::trainer}},
      {bookings_read, "bookings:read", Scope::read, {Role::admin, Role::trainer, Role::client}},
      {bookings_write, "bookings:write", Scope::write, {Role::admin, Role::trainer, Role::client}},
      {bookings_correct, "bookings:correct", Scope::admin, {Role::admin}},
      {bookings_stats, "bookings:stats", Scope::read, {Role::admin, Role::analyst}},
      {reviews_write, "reviews:write", Scope::write, {Role::admin, Role::client}},
      {credits_read, "credits:read", Scope::read, {Role::admin, Role::client}},
      {credits_write, "credits:write", Scope::write, {Role::admin, Role::client}},
      {credits_manage, "credits:manage", Scope::admin, {Role::admin}},
      {integrity_read, "integrity:read", Scope::admin, {Role::admin}},
  };
  return rules;
}

Rule const& rule_of(Permission permission) {
  return *std::ranges::find(table(), permission, &Rule::permission);
}

constexpr Scope all_scopes[] = {Scope::read, Scope::write, Scope::admin};

}  // namespace

std::string_view to_string(Permission permission) {
  return rule_of(permission).name;
}

std::string_view to_string(Scope scope) {
  switch (scope) {
    case Scope::read:
      return "read";
    case Scope::write:
      return "write";
    case Scope::admin:
      return "admin";
  }
  return "";
}

std::optional<Scope> parse_scope(std::string_view text) {
  for (auto const scope : all_scopes)
    if (to_string(scope) == text) return scope;
  return {};
}

bool is_granted(Permission permission, Roles roles) {
  auto const& rule = rule_of(permission);
  return rule.is_for_everyone ||
         std::ranges::any_of(all_roles, [&](Role r) { return rule.roles.has(r) && roles.has(r); });
}

Scope required_scope(Permission permission) {
  return rule_of(permission).scope;
}

std::vector<Permission> permissions_of(Roles roles) {
  std::vector<Permission> granted;
  for (auto const& rule : table())
    if (is_granted(rule.permission, roles)) granted.push_back(rule.permission);
  return granted;
}

}  // namespace insighta::identity
