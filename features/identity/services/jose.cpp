#include "identity/services/jose.hpp"

#include "platform/crypto/crypto.hpp"

#include <algorithm>
#include <array>

namespace insighta::identity::jose {

std::optional<Parts> split(std::string_view token) {
  auto const first = token.find('.');
  auto const second = first == token.npos ? first : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) return {};
  auto signature = crypto::base64url_decode(token.substr(second + 1));
  if (!signature) return {};
  return Parts{.header = token.substr(0, first),
               .payload = token.substr(first + 1, second - first - 1),
               .signing_input = token.substr(0, second),
               .signature = *std::move(signature)};
}

std::optional<json::Value> decode(std::string_view part) {
  auto const text = crypto::base64url_decode(part);
  if (!text) return {};
  auto value = json::Value::parse(*text);
  if (!value || !value->is_object()) return {};
  return *value;
}

std::optional<std::string_view> text_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  return member ? member->as_string() : std::nullopt;
}

std::optional<std::int64_t> number_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  return member ? member->as_integer() : std::nullopt;
}

bool asks_for_more(json::Value const& header) {
  constexpr std::array<std::string_view, 6> refused = {"jku", "jwk", "x5u", "x5c", "crit", "b64"};
  return std::ranges::any_of(refused,
                             [&](std::string_view name) { return header.find(name).has_value(); });
}

}  // namespace insighta::identity::jose
