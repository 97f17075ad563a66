#include "platform/postgres/shared_connection.hpp"

#include "platform/postgres/failure.hpp"

#include <utility>

namespace insighta::postgres {

Task<Rows> SharedConnection::run(Query query, Parameters parameters) {
  auto const self = shared_from_this();
  auto const connection = connection_ && connection_->is_open() ? connection_ : co_await opened();
  co_return co_await connection->run(query, std::move(parameters));
}

void SharedConnection::close() {
  is_closed_ = true;
  if (auto const connection = std::exchange(connection_, nullptr)) {
    connection->close("this program closes it");
  }
}

Task<std::shared_ptr<Connection>> SharedConnection::opened() {
  if (is_closed_) throw Unavailable("the database was closed by this program");
  if (!is_opening_) {
    pause_.check();
    co_return co_await open();
  }
  Signal attempted;
  waiting_.push_back(&attempted);
  co_await attempted;
  if (!connection_ || !connection_->is_open()) throw Unavailable(pause_.reason());
  co_return connection_;
}

Task<std::shared_ptr<Connection>> SharedConnection::open() {
  auto const connection = std::make_shared<Connection>(loop_, settings_);
  connection_ = connection;
  is_opening_ = true;
  std::exception_ptr fault;
  try {
    co_await connection->open();
    pause_.succeeded();
  } catch (std::exception const& refused) {
    fault = std::current_exception();
    pause_.failed(refused.what());
  }
  is_opening_ = false;
  for (auto* const waiting : std::exchange(waiting_, {})) waiting->set({});
  if (fault) std::rethrow_exception(fault);
  co_return connection;
}

}  // namespace insighta::postgres
