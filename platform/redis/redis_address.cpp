#include "platform/redis/redis_address.hpp"

#include <boost/url/parse.hpp>

#include <algorithm>

namespace insighta::redis {

namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 3 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Address> parse_address(std::string_view url) {
  auto const parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->has_query() || parsed->has_fragment() || !parsed->has_authority())
    return {};
  Address address;
  address.user = parsed->user();
  address.password = parsed->password();
  if (parsed->scheme() == "unix") {
    address.socket_path = parsed->path();
    if (!parsed->host().empty() || parsed->has_port() || address.socket_path.size() < 2) return {};
    return address;
  }
  address.host = parsed->host_address();
  if (parsed->has_port()) address.port = parsed->port();
  auto const path = parsed->path();
  if (path.size() > 1) address.database = path.substr(1);
  bool const is_whole = parsed->scheme() == "redis" && !address.host.empty() &&
                        !address.port.empty() &&
                        (address.database.empty() || is_number(address.database));
  if (!is_whole) return {};
  return address;
}

}  // namespace insighta::redis
