#pragma once

#include "identity/domain/session.hpp"
#include "platform/http/request.hpp"

#include <algorithm>

namespace insighta::identity {

/// Where a request came from. The user agent is a label, not evidence: it is cut, and what is not
/// printable ASCII becomes `?`, because a header may hold any bytes and the database takes text.
inline Origin origin_of_request(http::Request const& request) {
  std::string user_agent{request.header("User-Agent").substr(0, 200)};
  std::ranges::replace_if(user_agent, [](char c) { return c < ' ' || c > '~'; }, '?');
  return {.address = request.peer_address, .user_agent = std::move(user_agent)};
}

}  // namespace insighta::identity
