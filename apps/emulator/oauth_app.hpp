#pragma once

#include <string>
#include <string_view>

namespace insighta::emulator {

/// The one OAuth app that the emulator knows; real credentials never meet it.
inline constexpr std::string_view client_id = "insighta-dev";
inline constexpr std::string_view client_secret = "insighta-dev-secret";
inline constexpr std::string_view registered_callback = "http://localhost/auth/github/callback";

/// What the app's owner or GitHub can switch.
struct OAuthApp {
  bool is_suspended = false;
  bool has_device_flow = true;
};

/// GitHub's redirect rule: host and port as registered, the path equal or below; a subdomain of the
/// registered host will do, and a loopback host may have any port.
bool is_allowed_redirect(std::string_view redirect_uri);

/// `uri` with name=value added to its query.
std::string with_query(std::string uri, std::string_view name, std::string_view value);

}  // namespace insighta::emulator
