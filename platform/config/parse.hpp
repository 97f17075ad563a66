#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::config {

/// A decimal number that takes the whole text.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// `250ms`, `90s`, `15m`, `8h`, `7d`; a bare number is seconds. Up to ten years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Comma-separated items, spaces around them and empty ones dropped.
std::vector<std::string> split_list(std::string_view text);

/// http or https, a host, perhaps a port and a path; no user, query, fragment, space or control.
bool is_base_url(std::string_view url);

/// Whether a base URL leads to this machine: its host is localhost, [::1] or 127.x.y.z.
bool is_loopback_url(std::string_view url);

}  // namespace insighta::config
