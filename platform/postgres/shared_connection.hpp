#pragma once

#include "platform/postgres/connection.hpp"
#include "platform/postgres/reconnect_pause.hpp"

#include <memory>
#include <vector>

namespace insighta::postgres {

/// The one connection that all single statements of an event loop share, opened when first needed
/// and again after it broke. Those who ask while it is being opened wait for the same attempt.
class SharedConnection : public std::enable_shared_from_this<SharedConnection> {
 public:
  SharedConnection(EventLoop& loop, ConnectionSettings settings)
      : loop_(loop), settings_(std::move(settings)) {}

  Task<Rows> run(Query query, Parameters parameters);
  void close();

 private:
  Task<std::shared_ptr<Connection>> opened();
  Task<std::shared_ptr<Connection>> open();

  EventLoop& loop_;
  ConnectionSettings const settings_;
  std::shared_ptr<Connection> connection_;
  ReconnectPause pause_;
  bool is_opening_ = false;
  bool is_closed_ = false;
  std::vector<Signal*> waiting_;  ///< for the attempt under way
};

}  // namespace insighta::postgres
