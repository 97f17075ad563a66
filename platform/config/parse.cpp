#include "platform/config/parse.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace insighta::config {

using namespace std::chrono_literals;

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end) return {};
  return number;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view suffix;
    std::chrono::milliseconds value;
  };
  constexpr Unit units[] = {{"ms", 1ms}, {"s", 1s}, {"m", 1min}, {"h", 1h}, {"d", 24h}};
  constexpr std::chrono::milliseconds longest = 10 * 366 * 24h;
  auto unit = 1000ms;
  for (auto const& [suffix, value] : units)
    if (text.ends_with(suffix)) {
      unit = value;
      text.remove_suffix(suffix.size());
      break;
    }
  auto const number = parse_integer(text);
  if (!number || *number < 0 || *number > longest / unit) return {};
  return *number * unit;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    auto const comma = std::min(text.find(','), text.size());
    auto item = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

bool is_base_url(std::string_view url) {
  if (url.starts_with("https://"))
    url.remove_prefix(8);
  else if (url.starts_with("http://"))
    url.remove_prefix(7);
  else
    return false;
  auto const is_plain = [](char c) {
    return c > ' ' && c < '\x7f' && c != '?' && c != '#' && c != '@' && c != '\\' && c != '"';
  };
  return !url.empty() && url.front() != '/' && url.front() != ':' &&
         std::ranges::all_of(url, is_plain);
}

bool is_loopback_url(std::string_view url) {
  auto const scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  auto const authority = url.substr(scheme + 3, url.find('/', scheme + 3) - scheme - 3);
  if (authority == "[::1]" || authority.starts_with("[::1]:")) return true;
  std::string const host{authority.substr(0, authority.find(':'))};
  in_addr address{};
  return host == "localhost" ||
         (inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127);
}

}  // namespace insighta::config
