#include "platform/http/entity_tag.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace insighta::http {

namespace {

/// The two halves of a product, folded: every bit of it depends on all of both.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Product = unsigned __int128;
  auto const product = static_cast<Product>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// 64 bits that tell one version of a text from another: eight bytes a step. No digest of
/// cryptography, which would cost a small answer more than its encoding: two versions are told
/// apart for those who may read both, nothing is proven by it.
std::uint64_t fingerprint(std::string_view text) {
  constexpr std::uint64_t first = 0x9e3779b97f4a7c15;
  constexpr std::uint64_t second = 0xe7037ed1a0b428db;
  std::uint64_t state = first ^ text.size();
  std::uint64_t word = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    state = mixed(state ^ second, word ^ first);
  }
  word = 0;
  std::memcpy(&word, text.data(), text.size());
  return mixed(mixed(state ^ second, word ^ first), second);
}

/// Weak (RFC 9110 section 8.8.1): the body may still be compressed, with the same meaning.
std::string entity_tag(std::string_view body) {
  return fmt::format("W/\"{:016x}\"", fingerprint(body));
}

std::string_view without_weakness(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

/// RFC 9110 section 13.1.2, compared weakly: `*`, or a list of tags, in which a tag may hold
/// commas. What is malformed names nothing from there on.
bool names(std::string_view list, std::string_view tag) {
  constexpr std::string_view between = " \t,";
  auto const wanted = without_weakness(tag);
  if (list == "*") return true;
  while (true) {
    list.remove_prefix(std::min(list.find_first_not_of(between), list.size()));
    list = without_weakness(list);
    if (!list.starts_with('"')) return false;
    auto const end = list.find('"', 1);
    if (end == list.npos) return false;
    if (list.substr(0, end + 1) == wanted) return true;
    list.remove_prefix(end + 1);
  }
}

bool is_named(std::string_view tag, Headers const& headers) {
  for (auto const& [name, value] : headers)
    if (equal_without_case(name, "If-None-Match") && names(value, tag)) return true;
  return false;
}

}  // namespace

void allow_revalidation(Response& response, Request const& request) {
  bool const is_read = request.method == Method::get || request.method == Method::head;
  if (!is_read || response.status != 200 || response.stream) return;
  auto tag = entity_tag(response.body);
  bool const is_known = is_named(tag, request.headers);
  response.headers.set("ETag", std::move(tag))
      .set("Cache-Control", "private, no-cache")
      .set("Vary", "Accept-Encoding");
  if (!is_known) return;
  response.status = 304;
  response.body.clear();
  response.headers.remove("Content-Type");
}

}  // namespace insighta::http
