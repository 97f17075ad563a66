#include "platform/http/request.hpp"
#include "platform/unicode/unicode.hpp"

#include <algorithm>

namespace insighta::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { is_plus, is_space };

std::optional<std::string> decode(std::string_view encoded, Plus plus) {
  std::string text;
  text.reserve(encoded.size());
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    char const c = encoded[at];
    if (c == '+' && plus == Plus::is_space) {
      text += ' ';
    } else if (c != '%') {
      text += c;
    } else {
      if (at + 2 >= encoded.size()) return {};
      int const high = hex_value(encoded[at + 1]);
      int const low = hex_value(encoded[at + 2]);
      if (high < 0 || low < 0) return {};
      text += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  if (text.find('\0') != text.npos || !unicode::is_valid_utf8(text)) return {};
  return text;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::optional<Pairs> parse_form(std::string_view encoded) {
  Pairs pairs;
  while (!encoded.empty()) {
    auto const piece = encoded.substr(0, encoded.find('&'));
    encoded.remove_prefix(std::min(piece.size() + 1, encoded.size()));
    if (piece.empty()) continue;
    auto const equals = std::min(piece.find('='), piece.size());
    auto name = decode(piece.substr(0, equals), Plus::is_space);
    auto value = decode(piece.substr(std::min(equals + 1, piece.size())), Plus::is_space);
    if (!name || !value) return {};
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

std::optional<std::string> decode_segment(std::string_view encoded) {
  return decode(encoded, Plus::is_plus);
}

std::string url_encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (char const c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte >> 4U];
    encoded += digits[byte & 0xFU];
  }
  return encoded;
}

std::string form_encoded(Pairs const& pairs) {
  std::string encoded;
  for (auto const& [name, value] : pairs) {
    if (!encoded.empty()) encoded += '&';
    encoded.append(url_encoded(name)).append("=").append(url_encoded(value));
  }
  return encoded;
}

std::optional<std::string_view> find(Pairs const& pairs, std::string_view name) {
  auto const found = std::ranges::find(pairs, name, &Pairs::value_type::first);
  if (found == pairs.end()) return {};
  return found->second;
}

}  // namespace insighta::http
