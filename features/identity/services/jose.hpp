#pragma once

#include "platform/json/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What all compact JWS have in common (RFC 7515). Nothing here is trusted yet.
namespace insighta::identity::jose {

struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signing_input;
  std::string signature;  ///< decoded
};

/// Nothing for more or less than three parts, or a signature that is no base64url.
std::optional<Parts> split(std::string_view token);
/// A JSON object in base64url.
std::optional<json::Value> decode(std::string_view part);

std::optional<std::string_view> text_of(json::Value const& object, std::string_view name);
std::optional<std::int64_t> number_of(json::Value const& object, std::string_view name);

/// True when a header names keys or extensions, which we never follow.
bool asks_for_more(json::Value const& header);

}  // namespace insighta::identity::jose
