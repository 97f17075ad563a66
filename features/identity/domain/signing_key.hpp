#pragma once

#include "platform/clock/clock.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity {

/// A key is published before it signs, so that whoever keeps the JWKS knows it in time, and stays
/// published after it, so that its last tokens are still good (spec auth.md section 6).
enum class KeyState { published, signing, retired };
std::string_view to_string(KeyState state);
std::optional<KeyState> parse_key_state(std::string_view text);

inline constexpr std::chrono::seconds jwks_max_age{300};
inline constexpr std::chrono::seconds published_before_signing = 2 * jwks_max_age;
/// The life of an access token, the leeway of clocks, and the age of the last JWKS with the key.
inline constexpr std::chrono::seconds kept_after_signing =
    std::chrono::seconds{180} + std::chrono::seconds{30} + jwks_max_age;

struct KeyFacts {
  std::string kid;
  KeyState state = KeyState::published;
  Instant since;  ///< in this state
};

/// What is to be done now.
struct KeyPlan {
  std::vector<std::string> drop;
  std::optional<std::string> retire;
  std::optional<std::string> promote;
  std::optional<KeyState> make;  ///< a new key in this state
  bool is_empty() const { return drop.empty() && !retire && !promote && !make; }
};

/// `rotation` is how long a key signs.
KeyPlan plan_rotation(std::vector<KeyFacts> const& keys, Instant now,
                      std::chrono::seconds rotation);

}  // namespace insighta::identity
