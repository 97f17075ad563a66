#include "platform/http/peer_address.hpp"

#include "platform/http/headers.hpp"

#include <gtest/gtest.h>

namespace insighta::http {
namespace {

TEST(PeerAddress, is_written_in_one_way) {
  EXPECT_EQ(parse_ip_address("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(parse_ip_address("2001:DB8:0::1"), "2001:db8::1");
  EXPECT_EQ(parse_ip_address("::ffff:192.0.2.1"), "192.0.2.1");
  for (auto const* text : {"", "unknown", "192.0.2.1:80", "192.0.2", "[::1]", "example.org"})
    EXPECT_EQ(parse_ip_address(text), std::nullopt) << text;
}

TEST(PeerAddress, is_a_loopback_one_in_all_of_127_and_in_one_of_ipv6) {
  for (auto const* text : {"127.0.0.1", "127.200.1.2", "::1"})
    EXPECT_TRUE(is_loopback_address(text)) << text;
  for (auto const* text :
       {"128.0.0.1", "0.0.0.0", "::", "::2", "127.evil.example", "localhost", ""})
    EXPECT_FALSE(is_loopback_address(text)) << text;
}

TEST(PeerAddress, belongs_to_a_network) {
  EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:2:ffff::"));
  EXPECT_NE(network_of("2001:db8:1:2::"), network_of("2001:db8:1:3::"));
}

struct Asked {
  std::string peer;
  std::vector<std::string> fields;
  std::string expected;
};

TEST(PeerAddress, is_the_nearest_that_is_no_trusted_proxy) {
  std::vector<std::string> const proxies = {"10.0.0.1", "10.0.0.2"};
  for (auto const& [peer, fields, expected] :
       std::vector<Asked>{{"192.0.2.9", {"198.51.100.1"}, "192.0.2.9"},
                          {"10.0.0.1", {}, "10.0.0.1"},
                          {"10.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
                          {"10.0.0.1", {"203.0.113.7, 198.51.100.1"}, "198.51.100.1"},
                          {"10.0.0.1", {"203.0.113.7,198.51.100.1 , 10.0.0.2"}, "198.51.100.1"},
                          // The stranger's own field comes first, the proxy's after it.
                          {"10.0.0.1", {"203.0.113.7", "198.51.100.1"}, "198.51.100.1"},
                          {"10.0.0.1", {"198.51.100.1", "unknown"}, "10.0.0.1"},
                          {"10.0.0.1", {"junk, 10.0.0.2"}, "10.0.0.2"},
                          {"10.0.0.1", {"198.51.100.1,"}, "198.51.100.1"}}) {
    Headers headers;
    for (auto const& field : fields) headers.add("X-Forwarded-For", field);
    EXPECT_EQ(find_peer(peer, proxies, headers), expected) << peer;
  }
}

}  // namespace
}  // namespace insighta::http
