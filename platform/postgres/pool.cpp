#include "platform/postgres/pool.hpp"

#include "platform/postgres/failure.hpp"

#include <utility>

namespace insighta::postgres {

Lease::~Lease() {
  if (pool_) pool_->give_back(std::move(connection_));
}

EventLoop& Lease::loop() const {
  return pool_->loop_;
}

Task<Lease> Pool::take() {
  auto const self = shared_from_this();
  refuse_when_closed();
  if (!co_await permits_.acquire(patience_)) {
    throw Unavailable("all connections to the database are busy");
  }
  Lease lease(self);
  refuse_when_closed();
  lease.connection_ = take_idle();
  if (!lease.connection_) lease.connection_ = co_await open();
  co_return lease;
}

void Pool::close() {
  is_closed_ = true;
  idle_.clear();
  for (auto const& connection : std::exchange(connections_, {})) {
    connection->close("this program closes it");
  }
  // Those who wait for a permit find the pool closed.
  for (auto waiting = permits_.waiting(); waiting > 0; --waiting) permits_.release();
}

/// The one used last, if it did not break while it lay idle.
std::shared_ptr<Connection> Pool::take_idle() {
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->is_open()) return connection;
    std::erase(connections_, connection);
  }
  return nullptr;
}

Task<std::shared_ptr<Connection>> Pool::open() {
  pause_.check();
  auto const connection = std::make_shared<Connection>(loop_, settings_);
  connections_.push_back(connection);
  try {
    co_await connection->open();
    pause_.succeeded();
  } catch (std::exception const& refused) {
    std::erase(connections_, connection);
    pause_.failed(refused.what());
    throw;
  }
  co_return connection;
}

void Pool::give_back(std::shared_ptr<Connection> connection) {
  if (connection) {
    if (connection->is_open() && !is_closed_) {
      idle_.push_back(std::move(connection));
    } else {
      std::erase(connections_, connection);
    }
  }
  permits_.release();
}

void Pool::refuse_when_closed() const {
  if (is_closed_) throw Unavailable("the database was closed by this program");
}

}  // namespace insighta::postgres
