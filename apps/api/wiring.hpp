#pragma once

#include "commands.hpp"
#include "platform/clock/clock.hpp"
#include "platform/http/router.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace insighta::api {

/// What all threads use together: immutable or safe to share. Outlives every worker.
class Shared {
 public:
  Shared(Config const& config, Doors const& doors, Clock const& clock);
  ~Shared();

 private:
  friend class Worker;
  struct State;
  std::unique_ptr<State> state_;
};

/// One thread's copy of the whole program: its event loop, database connections, services, routes
/// and server. Nothing of it is touched by another thread but through drain_and_stop().
class Worker {
 public:
  /// Listens at once; throws std::system_error when `port` is taken by another program.
  Worker(Shared& shared, std::uint16_t port);
  ~Worker();

  std::uint16_t port() const;
  /// Every route, for the check that the OpenAPI document tells all of them.
  std::vector<http::Router::Listing> routes() const;
  /// For one worker of the process, before any runs: keys, clients, and the chores that are done
  /// once a process. Throws when the database is away or belongs to another environment.
  void prepare_process(ServeOptions const& options);
  /// The thread's body; returns after drain_and_stop().
  void run();
  /// Any thread: lets running requests end within `grace`, then ends run().
  void drain_and_stop(std::chrono::milliseconds grace);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The clock that the doors ask for.
std::unique_ptr<Clock> make_clock(Doors const& doors);

}  // namespace insighta::api
