#include "terminal/visible_text.hpp"

#include "platform/unicode/unicode.hpp"

#include <fmt/format.h>

namespace insighta::cli {

namespace {

struct Special {
  unsigned code_point = 0;
  std::size_t size = 0;  ///< bytes; 0: the text does not begin with a special character
};

bool is_special(unsigned code_point) {
  return (code_point >= 0x7f && code_point <= 0x9f) || code_point == 0x61c ||
         (code_point >= 0x200e && code_point <= 0x200f) ||
         (code_point >= 0x2028 && code_point <= 0x202e) ||
         (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0xfeff;
}

/// All special characters lie below U+10000 and none needs more than three bytes.
Special special_at(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned const first = byte(0);
  Special found{.code_point = first, .size = 1};
  if (first >= 0xc2 && first <= 0xdf && text.size() >= 2) {
    found = {.code_point = ((first & 0x1fU) << 6) | (byte(1) & 0x3fU), .size = 2};
  } else if (first >= 0xe0 && first <= 0xef && text.size() >= 3) {
    found = {.code_point = ((first & 0xfU) << 12) | ((byte(1) & 0x3fU) << 6) | (byte(2) & 0x3fU),
             .size = 3};
  } else if (first >= 0x80) {
    return {};
  }
  return is_special(found.code_point) ? found : Special{};
}

}  // namespace

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  bool const is_utf8 = unicode::is_valid_utf8(text);
  while (!text.empty()) {
    auto const byte = static_cast<unsigned char>(text.front());
    Special const special = is_utf8 ? special_at(text) : Special{};
    if (byte < 0x20 || byte == 0x7f || (!is_utf8 && byte >= 0x80)) {
      shown += fmt::format("\\x{:02x}", byte);
    } else if (special.size > 0) {
      shown += fmt::format("\\u{:04x}", special.code_point);
    } else {
      shown += text.front();
    }
    text.remove_prefix(special.size > 0 ? special.size : 1);
  }
  return shown;
}

std::string visible_json(std::string_view json) {
  std::string shown;
  shown.reserve(json.size());
  while (!json.empty()) {
    Special const special = special_at(json);
    if (special.size > 0) {
      shown += fmt::format("\\u{:04x}", special.code_point);
    } else {
      shown += json.front();
    }
    json.remove_prefix(special.size > 0 ? special.size : 1);
  }
  return shown;
}

}  // namespace insighta::cli
