#pragma once

#include "platform/async/event_loop.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace insighta::http {

/// A listening socket of one event loop. Several share a port (SO_REUSEPORT).
class Listener {
 public:
  /// Binds and listens at once; throws std::system_error naming address and port.
  Listener(EventLoop& loop, std::string const& address, std::uint16_t port);
  ~Listener();

  std::uint16_t port() const;
  std::string address() const;
  /// Calls `accepted` with each new socket, whose owner it becomes.
  void start(std::function<void(int socket)> accepted);
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the queued accept, which may outlive the listener
};

}  // namespace insighta::http
