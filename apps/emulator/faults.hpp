#pragma once

#include "grants.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/http/client.hpp"
#include "platform/http/router.hpp"

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace insighta::emulator {

/// A disturbance of one path, a number of times.
struct Fault {
  std::string path;
  std::string kind;  ///< one of the list in faults.cpp
  std::int64_t times = 1;
  std::chrono::milliseconds delay{0};
  std::int64_t status = 0;
  std::string body;
};

/// Faults that tests order through `/_fake/faults`: POST adds one
/// `{"path","kind","times"?,"delay_ms"?,"status"?,"body"?}`, GET lists what is left, DELETE removes
/// all.
class Faults {
 public:
  Faults(EventLoop& loop, Grants& grants) : loop_(loop), client_(loop), grants_(grants) {}

  std::vector<http::Route> routes();
  /// `next` with the faults that its requests deserve.
  http::Handler around(http::Handler next);

 private:
  Task<http::Response> add(http::Request& request);
  Task<http::Response> disturb(http::Request& request, http::Handler const& next);
  std::optional<Fault> take(std::string_view path);

  EventLoop& loop_;
  http::Client client_;
  Grants& grants_;
  std::deque<Fault> faults_;
};

}  // namespace insighta::emulator
