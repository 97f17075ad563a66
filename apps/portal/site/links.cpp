#include "site/links.hpp"

#include <algorithm>

namespace insighta::portal {

std::string link_to(std::string_view path, http::Pairs const& pairs) {
  std::string link{path};
  if (!pairs.empty()) link += "?" + http::form_encoded(pairs);
  return link;
}

http::Pairs without(http::Pairs pairs, std::string_view name) {
  std::erase_if(pairs, [&](auto const& pair) { return pair.first == name; });
  return pairs;
}

http::Pairs with(http::Pairs pairs, std::string_view name, std::string_view value) {
  auto const found = std::ranges::find(pairs, name, [](auto const& pair) { return pair.first; });
  if (found == pairs.end())
    pairs.emplace_back(name, value);
  else
    found->second = value;
  return pairs;
}

bool has_empty_value(http::Pairs const& pairs) {
  return std::ranges::any_of(pairs, [](auto const& pair) { return pair.second.empty(); });
}

http::Pairs without_empty_values(http::Pairs pairs) {
  std::erase_if(pairs, [](auto const& pair) { return pair.second.empty(); });
  return pairs;
}

std::string value_of(http::Pairs const& pairs, std::string_view name) {
  return std::string{http::find(pairs, name).value_or("")};
}

std::string safe_return_to(std::string_view wanted) {
  // A browser drops tabs and line breaks inside a URL, so "/<tab>/host" would leave the site.
  auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x21 || c == 0x7f; };
  if (wanted.size() < 2 || wanted[0] != '/' || wanted[1] == '/' || wanted[1] == '\\') return "/";
  if (wanted.size() > 2'000 || std::ranges::any_of(wanted, is_control)) return "/";
  return std::string{wanted};
}

http::Pairs query_of(std::string_view link) {
  auto const question = link.find('?');
  if (question == std::string_view::npos) return {};
  return http::parse_form(link.substr(question + 1)).value_or(http::Pairs{});
}

}  // namespace insighta::portal
