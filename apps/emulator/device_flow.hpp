#pragma once

#include "grants.hpp"
#include "oauth_app.hpp"
#include "people.hpp"
#include "platform/html/page.hpp"
#include "platform/http/router.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace insighta::emulator {

/// GitHub's device flow: POST /login/device/code, the page GET and POST /login/device, and the
/// polls that AccessTokens passes on.
class DeviceFlow {
 public:
  DeviceFlow(OAuthApp const& app, People& people, Grants& grants);
  std::vector<http::Route> routes();

  /// What a poll answers: the members of the body.
  http::Pairs poll(std::string const& device_code);

 private:
  using Clock = Grants::Clock;
  enum class Decision { open, allowed, denied };
  struct Attempt {
    std::string user_code;
    std::string scope;
    Clock::time_point expires;
    Clock::time_point earliest_poll;
    std::chrono::seconds interval{5};
    Decision decision = Decision::open;
    std::int64_t person = 0;
  };

  Task<http::Response> start(http::Request& request);
  http::Response page(http::Request const& request);
  Task<http::Response> decide(http::Request& request);
  http::Response message(int status, std::string_view title, std::string_view text) const;

  OAuthApp const& app_;
  People& people_;
  Grants& grants_;
  html::Templates templates_;
  std::string form_secret_;
  std::map<std::string, Attempt> attempts_;
};

}  // namespace insighta::emulator
