#pragma once

#include "platform/async/event_loop.hpp"
#include "platform/redis/redis_address.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace insighta::metrics {
class Registry;
}

namespace insighta::redis {

struct Settings {
  Address address;
  std::chrono::milliseconds patience{100};  ///< with connecting, and with each answer
  std::chrono::milliseconds pause{1000};    ///< between attempts to connect again
};

/// One connection to a Redis server, for callers that can do without it. Made by the first call;
/// calls in flight share it. When the server is away or slow, whoever waits is told at once, later
/// calls do not wait at all, and now and then one of them has the connection tried again behind
/// its back. Belongs to one event loop.
class Connection {
 public:
  Connection(EventLoop& loop, Settings settings, metrics::Registry* registry = nullptr);
  ~Connection();

  /// Sends a command whose answer is a list of integers. Nothing when there is no such answer, or
  /// none in time.
  Task<std::optional<std::vector<std::int64_t>>> call(std::vector<std::string_view> words);

  /// Ends it for good; calls get nothing from here on.
  Task<void> close();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace insighta::redis
