#pragma once

#include "grants.hpp"
#include "people.hpp"
#include "platform/http/router.hpp"

#include <vector>

namespace insighta::emulator {

/// GET /user and GET /user/emails of GitHub's REST API.
class UserApi {
 public:
  UserApi(People& people, Grants& grants) : people_(people), grants_(grants) {}
  std::vector<http::Route> routes();

 private:
  struct Caller {
    Person const* person = nullptr;
    AccessToken const* token = nullptr;
  };
  Caller authenticate(http::Request const& request);
  http::Response user(http::Request const& request);
  http::Response emails(http::Request const& request);

  People& people_;
  Grants& grants_;
};

}  // namespace insighta::emulator
