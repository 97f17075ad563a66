#pragma once

#include "platform/async/event_loop.hpp"

#include <chrono>
#include <functional>
#include <string_view>

namespace insighta::api {

/// Work that comes again and again beside serving, on one event loop. The next run begins an
/// interval after the last one ended, however that ended: an outage of the database is quiet, for
/// requests tell of it already, and any other fault is logged.
class Chore {
 public:
  /// `name` says what it does, for the log; a literal.
  Chore(EventLoop& loop, std::chrono::nanoseconds interval, std::string_view name,
        std::function<Task<void>()> work);

  void start();
  /// No run begins after this; one that is under way ends by itself.
  void stop();

 private:
  Task<void> run();

  EventLoop& loop_;
  Timer timer_;
  std::chrono::nanoseconds const interval_;
  std::string_view const name_;
  std::function<Task<void>()> const work_;
  bool is_stopped_ = false;
};

}  // namespace insighta::api
