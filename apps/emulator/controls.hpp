#pragma once

#include "oauth_app.hpp"
#include "people.hpp"
#include "platform/http/router.hpp"

#include <vector>

namespace insighta::emulator {

/// What GitHub's owners and users do behind our back, for tests: POST `/_fake/app`
/// `{"is_suspended"?,"has_device_flow"?}` and POST `/_fake/people`
/// `{"id","login"?,"name"?,"is_suspended"?}`, which changes a person or makes one.
class Controls {
 public:
  Controls(OAuthApp& app, People& people) : app_(app), people_(people) {}

  std::vector<http::Route> routes();

 private:
  Task<http::Response> change_app(http::Request& request);
  Task<http::Response> change_person(http::Request& request);

  OAuthApp& app_;
  People& people_;
};

}  // namespace insighta::emulator
