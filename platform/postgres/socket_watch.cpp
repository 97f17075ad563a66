#include "platform/postgres/socket_watch.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace insighta::postgres {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;

struct SocketWatch::State {
  State(asio::io_context& context, int socket) : descriptor(context, socket) {}
  Descriptor descriptor;
  bool is_forgotten = false;
};

namespace {

template <class State>
void wait(std::shared_ptr<State> const& state, Descriptor::wait_type what,
          std::move_only_function<void()> ready) {
  // An error of the socket counts as ready: whoever reads or writes then finds out what it is.
  // The state is shared because the queued handler may outlive the watch.
  state->descriptor.async_wait(
      what, [state, ready = std::move(ready)](boost::system::error_code) mutable {
        if (!state->is_forgotten) ready();
      });
}

}  // namespace

void SocketWatch::assign(int socket) {
  forget();
  state_ = std::make_shared<State>(loop_.native(), socket);
}

void SocketWatch::forget() {
  if (!state_) return;
  state_->is_forgotten = true;
  state_->descriptor.release();
  state_.reset();
}

void SocketWatch::when_readable(std::move_only_function<void()> ready) {
  wait(state_, Descriptor::wait_read, std::move(ready));
}

void SocketWatch::when_writable(std::move_only_function<void()> ready) {
  wait(state_, Descriptor::wait_write, std::move(ready));
}

}  // namespace insighta::postgres
