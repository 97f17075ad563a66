#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace insighta::redis {

/// Where a Redis server listens, and as whom to sign in there.
struct Address {
  std::string host;
  std::string port = "6379";
  std::string socket_path;  ///< of a UNIX socket, instead of host and port
  std::string user;         ///< empty: the server's default user
  std::string password;     ///< empty: without signing in
  std::string database;     ///< a number; empty: the first
};

/// `redis://[[user]:password@]host[:port][/database]` or
/// `unix://[[user]:password@]/path/of/socket`; nothing for any other text.
std::optional<Address> parse_address(std::string_view url);

}  // namespace insighta::redis
