#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::http {

class Headers;

/// An IP address in its one way of being written (an IPv4 one inside IPv6 as IPv4); nothing for
/// any other text.
std::optional<std::string> parse_ip_address(std::string_view text);

/// What one household or company cannot change at will: of an IPv6 address the first 64 bits, an
/// IPv4 address as it is.
std::string network_of(std::string const& address);

/// 127.0.0.0/8 and ::1.
bool is_loopback_address(std::string_view text);

/// Who sent a request that came from `peer`. X-Forwarded-For is believed from `proxies` only, each
/// of which appends whom it got the request from: so from its end back to the first address that
/// is none of them, and no further than what can be read.
std::string find_peer(std::string const& peer, std::vector<std::string> const& proxies,
                      Headers const& headers);

}  // namespace insighta::http
