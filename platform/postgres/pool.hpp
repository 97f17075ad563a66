#pragma once

#include "platform/async/semaphore.hpp"
#include "platform/postgres/connection.hpp"
#include "platform/postgres/reconnect_pause.hpp"

#include <chrono>
#include <memory>
#include <vector>

namespace insighta::postgres {

class Pool;

/// The right to use one connection of a pool alone; gives it back when it goes.
class Lease {
 public:
  explicit Lease(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}
  ~Lease();
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;

  Connection& connection() const { return *connection_; }
  EventLoop& loop() const;

 private:
  friend class Pool;
  std::shared_ptr<Pool> pool_;
  std::shared_ptr<Connection> connection_;  ///< none while it is being found
};

/// A few exclusive connections of one event loop, opened when first needed, handed out in the order
/// of asking. Shared by its leases, which may be given back after its owner went.
class Pool : public std::enable_shared_from_this<Pool> {
 public:
  Pool(EventLoop& loop, ConnectionSettings settings, std::size_t size,
       std::chrono::milliseconds patience)
      : loop_(loop), settings_(std::move(settings)), permits_(loop, size), patience_(patience) {}

  /// Throws Unavailable when none is free in time or none can be opened.
  Task<Lease> take();
  /// Breaks what is in use, too.
  void close();

 private:
  friend class Lease;
  std::shared_ptr<Connection> take_idle();
  Task<std::shared_ptr<Connection>> open();
  void give_back(std::shared_ptr<Connection> connection);
  void refuse_when_closed() const;

  EventLoop& loop_;
  ConnectionSettings const settings_;
  Semaphore permits_;
  std::chrono::milliseconds const patience_;
  std::vector<std::shared_ptr<Connection>> connections_;  ///< idle and in use
  std::vector<std::shared_ptr<Connection>> idle_;
  ReconnectPause pause_;
  bool is_closed_ = false;
};

}  // namespace insighta::postgres
