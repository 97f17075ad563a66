#include "platform/unicode/unicode.hpp"

#include <utf8proc.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace insighta::unicode {

namespace {

std::string map(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  auto const size = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                 static_cast<utf8proc_option_t>(options));
  std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owned(mapped, &std::free);
  if (size < 0) throw std::invalid_argument(utf8proc_errmsg(size));
  return {reinterpret_cast<char const*>(mapped), static_cast<std::size_t>(size)};
}

/// The code point at the start of `text` and its length in bytes; length <= 0 when it is broken.
std::pair<utf8proc_int32_t, utf8proc_ssize_t> first_code_point(std::string_view text) {
  utf8proc_int32_t code_point = -1;
  auto const size = utf8proc_iterate(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  return {code_point, size};
}

/// How many bytes of ASCII the text begins with. Most texts are nothing else, and need no tables.
std::size_t ascii_prefix(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t block = 0; at + sizeof block <= text.size(); at += sizeof block) {
    std::memcpy(&block, text.data() + at, sizeof block);
    if ((block & 0x8080'8080'8080'8080) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

/// `map` of the whole text, but called only for what is beyond ASCII, each time with the letter in
/// front of it, because the two may become one. All that folding does to other ASCII is its case.
template <class Map>
std::string fold(std::string_view text, Map map_run) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    auto ascii = ascii_prefix(text);
    if (ascii > 0 && ascii < text.size()) --ascii;
    for (char const c : text.substr(0, ascii))
      folded += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    text.remove_prefix(ascii);
    std::size_t run = text.empty() ? 0 : 1;
    while (run < text.size() && static_cast<unsigned char>(text[run]) >= 0x80) ++run;
    if (run > 0) folded += map_run(text.substr(0, run));
    text.remove_prefix(run);
  }
  return folded;
}

/// Printed ASCII, which is neither a space nor a part of a longer code point.
bool is_plain(char c) {
  return c > ' ' && c < '\x7f';
}

/// Property White_Space of Unicode.
bool is_space(utf8proc_int32_t c) {
  if ((c >= 0x09 && c <= 0x0d) || c == 0x85) return true;
  auto const category = utf8proc_category(c);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace

bool is_ascii(std::string_view text) {
  return ascii_prefix(text) == text.size();
}

bool is_valid_utf8(std::string_view text) {
  for (;;) {
    text.remove_prefix(ascii_prefix(text));
    if (text.empty()) return true;
    auto const size = first_code_point(text).second;
    if (size <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (unsigned char const c : text) count += (c & 0xc0) != 0x80;
  return count;
}

bool is_printable(std::string_view text) {
  while (!text.empty()) {
    auto const [code_point, size] = first_code_point(text);
    auto const category = utf8proc_category(code_point);
    bool const is_other = category >= UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CN;
    if (is_other || (is_space(code_point) && code_point != ' ')) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

std::size_t columns(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    auto const [code_point, size] = first_code_point(text);
    if (size <= 0) break;
    width += static_cast<std::size_t>(utf8proc_charwidth(code_point));
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return width;
}

std::string_view trim(std::string_view text) {
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  while (!text.empty()) {
    auto const [code_point, size] = first_code_point(text);
    if (size <= 0 || !is_space(code_point)) break;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  while (!text.empty()) {
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0) == 0x80) --start;
    auto const [code_point, size] = first_code_point(text.substr(start));
    if (size <= 0 || !is_space(code_point)) break;
    text.remove_suffix(text.size() - start);
  }
  return text;
}

std::string fold_case(std::string_view text) {
  // Folding may denormalise (U+0345 and friends), so the result is composed afterwards as well.
  return fold(text, [](std::string_view run) {
    return map(map(run, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD),
               UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  });
}

std::string fold_accents(std::string_view text) {
  return fold(text, [](std::string_view run) {
    return map(run, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
  });
}

}  // namespace insighta::unicode
