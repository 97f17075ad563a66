#pragma once

#include "device_flow.hpp"
#include "grants.hpp"
#include "people.hpp"
#include "platform/http/router.hpp"

#include <vector>

namespace insighta::emulator {

/// POST /login/oauth/access_token, which answers 200 to protocol errors too, as GitHub does, and
/// DELETE /applications/{client_id}/token.
class AccessTokens {
 public:
  AccessTokens(People& people, Grants& grants, DeviceFlow& devices)
      : people_(people), grants_(grants), devices_(devices) {}
  std::vector<http::Route> routes();

 private:
  Task<http::Response> exchange(http::Request& request);
  Task<http::Response> revoke(http::Request& request);

  People& people_;
  Grants& grants_;
  DeviceFlow& devices_;
};

}  // namespace insighta::emulator
