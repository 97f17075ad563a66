#pragma once

#include "identity/domain/ids.hpp"
#include "identity/domain/permission.hpp"
#include "identity/domain/session.hpp"
#include "platform/clock/clock.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity {

enum class DeviceState { pending, approved, declined, redeemed };

/// A device that waits for a person to sign it in elsewhere (RFC 8628).
struct DeviceGrant {
  std::string device_code_hash;
  std::string user_code_hash;
  std::string client_id;
  std::vector<Scope> scopes;
  Origin origin;  ///< of the device
  Instant created_at;
  Instant expires_at;
  std::chrono::seconds interval{5};
  std::optional<Instant> last_polled_at;
  DeviceState state = DeviceState::pending;
  std::optional<UserId> user_id;
  std::optional<Instant> auth_time;
};

/// Whether a device asks again too early. A fifth of the interval is forgiven: networks are uneven
/// (spec auth.md section 2).
bool is_too_early(DeviceGrant const& grant, Instant now);

/// Letters without vowels and look-alikes: 20^8 codes.
inline constexpr std::string_view user_code_letters = "BCDFGHJKLMNPQRSTVWXZ";
inline constexpr std::size_t user_code_size = 8;

/// The eight letters of what a person typed, in any case, with or without dash and spaces; nothing
/// when it cannot be a code.
std::optional<std::string> read_user_code(std::string_view typed);
/// XXXX-XXXX.
std::string shown_user_code(std::string_view letters);

}  // namespace insighta::identity
