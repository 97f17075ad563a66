#pragma once

#include "identity/domain/session.hpp"
#include "platform/http/request.hpp"

namespace insighta::identity {

/// Where a request came from. The user agent is cut: it is a label, not evidence.
inline Origin origin_of_request(http::Request const& request) {
  return {.address = request.peer_address,
          .user_agent = std::string{request.header("User-Agent").substr(0, 200)}};
}

}  // namespace insighta::identity
