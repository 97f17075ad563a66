#include "platform/http/peer_address.hpp"

#include "platform/http/headers.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace insighta::http {

namespace {

namespace ip = boost::asio::ip;

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The entries of every X-Forwarded-For field: a proxy may have added one of its own.
std::vector<std::string_view> forwarded_chain(Headers const& headers) {
  std::vector<std::string_view> chain;
  for (auto const& [name, value] : headers) {
    if (!equal_without_case(name, "X-Forwarded-For")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      auto const entry = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
      chain.push_back(trimmed(entry));
    }
  }
  return chain;
}

}  // namespace

std::optional<std::string> parse_ip_address(std::string_view text) {
  boost::system::error_code error;
  auto const address = ip::make_address(std::string{text}, error);
  if (error) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

std::string network_of(std::string const& address) {
  boost::system::error_code error;
  auto const parsed = ip::make_address_v6(address, error);
  if (error) return address;
  auto bytes = parsed.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return ip::make_address_v6(bytes).to_string() + "/64";
}

bool is_loopback_address(std::string_view text) {
  boost::system::error_code error;
  auto const address = ip::make_address(std::string{text}, error);
  return !error && address.is_loopback();
}

std::string find_peer(std::string const& peer, std::vector<std::string> const& proxies,
                      Headers const& headers) {
  auto const is_trusted = [&](std::string const& address) {
    return std::ranges::find(proxies, address) != proxies.end();
  };
  if (!is_trusted(peer)) return peer;
  auto nearest = peer;
  auto chain = forwarded_chain(headers);
  while (is_trusted(nearest) && !chain.empty()) {
    auto address = parse_ip_address(chain.back());
    if (!address) break;
    nearest = *std::move(address);
    chain.pop_back();
  }
  return nearest;
}

}  // namespace insighta::http
