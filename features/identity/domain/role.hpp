#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace insighta::identity {

/// What a person is to the product, in the order of precedence (spec interfaces.md section 2).
enum class Role : std::uint8_t { admin, trainer, client, analyst };

inline constexpr Role all_roles[] = {Role::admin, Role::trainer, Role::client, Role::analyst};

std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

/// A set of roles; iterates in the order of precedence.
class Roles {
 public:
  Roles() = default;
  Roles(std::initializer_list<Role> roles) {
    for (auto const role : roles) add(role);
  }
  Roles& add(Role role) {
    bits_ = static_cast<std::uint8_t>(bits_ | 1u << static_cast<unsigned>(role));
    return *this;
  }
  bool has(Role role) const { return (bits_ >> static_cast<unsigned>(role) & 1u) != 0; }
  bool is_empty() const { return bits_ == 0; }
  std::vector<Role> list() const;
  /// The word of the first one; "none" when there is none.
  std::string_view first() const;
  bool operator==(Roles const&) const = default;

 private:
  std::uint8_t bits_ = 0;
};

}  // namespace insighta::identity
