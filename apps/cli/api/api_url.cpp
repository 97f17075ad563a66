#include "api/api_url.hpp"

#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace insighta::cli {

namespace {

bool is_loopback(std::string_view authority) {
  if (authority.starts_with("[::1]")) return true;
  std::string_view const host = authority.substr(0, authority.find(':'));
  bool const is_address =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || is_address;
}

bool is_authority(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
}

}  // namespace

Result<std::string> checked_api_url(std::string_view typed) {
  std::string_view url = typed;
  if (url.ends_with('/')) url.remove_suffix(1);
  bool const is_plain = url.starts_with("http://");
  bool const is_tls = url.starts_with("https://");
  std::string_view const authority = url.substr(std::min(url.size(), is_tls ? 8UZ : 7UZ));
  if ((!is_plain && !is_tls) || !is_authority(authority)) {
    return fail(
        invalid(fmt::format("'{}' is no API address; give one such as "
                            "https://insighta.example or http://localhost:8080",
                            visible(typed))));
  }
  if (is_plain && !is_loopback(authority)) {
    return fail(invalid(fmt::format(
        "'{}' would send your tokens readable over the network; use https://", visible(typed))));
  }
  return std::string{url};
}

}  // namespace insighta::cli
