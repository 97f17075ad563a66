#pragma once

#include "platform/async/event_loop.hpp"

#include <functional>
#include <memory>

namespace insighta::postgres {

/// Says when a socket that somebody else owns (libpq) can be read or written. Each call watches
/// once. After forget() or the destructor nothing is called any more; forget() before the owner
/// closes the socket.
class SocketWatch {
 public:
  explicit SocketWatch(EventLoop& loop) : loop_(loop) {}
  ~SocketWatch() { forget(); }
  SocketWatch(SocketWatch const&) = delete;
  SocketWatch& operator=(SocketWatch const&) = delete;

  void assign(int socket);
  void forget();

  void when_readable(std::move_only_function<void()> ready);
  void when_writable(std::move_only_function<void()> ready);

 private:
  struct State;
  EventLoop& loop_;
  std::shared_ptr<State> state_;
};

}  // namespace insighta::postgres
