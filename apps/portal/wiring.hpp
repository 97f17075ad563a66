#pragma once

#include "config.hpp"
#include "platform/clock/clock.hpp"

#include <chrono>
#include <cstdint>
#include <memory>

namespace insighta::portal {

/// What all threads use together: immutable or safe to share. Outlives every worker.
class Shared {
 public:
  Shared(Config const& config, Clock const& clock);
  ~Shared();

 private:
  friend class Worker;
  struct State;
  std::unique_ptr<State> state_;
};

/// One thread's copy of the whole program: its event loop, connections, pages and server. Nothing
/// of it is touched by another thread but through drain_and_stop().
class Worker {
 public:
  /// Listens at once; throws std::system_error when `port` is taken by another program.
  Worker(Shared& shared, std::uint16_t port);
  ~Worker();

  std::uint16_t port() const;
  /// The thread's body; returns after drain_and_stop().
  void run();
  /// Any thread: lets running requests end within `grace`, then ends run().
  void drain_and_stop(std::chrono::milliseconds grace);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace insighta::portal
