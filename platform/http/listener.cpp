#include "platform/http/listener.hpp"

#include "platform/log/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <system_error>

namespace insighta::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

using namespace std::chrono_literals;

constexpr auto pause_after_failure = 100ms;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

[[noreturn]] void refuse(boost::system::error_code error, std::string const& address,
                         std::uint16_t port) {
  throw std::system_error(error.value(), std::system_category(),
                          "cannot listen on " + address + " port " + std::to_string(port));
}

}  // namespace

struct Listener::State {
  explicit State(EventLoop& event_loop)
      : loop(event_loop), acceptor(event_loop.native()), pause(event_loop) {}

  void accept(std::shared_ptr<State> const& self) {
    acceptor.async_accept([self](boost::system::error_code error, tcp::socket socket) {
      if (self->is_stopped) return;
      if (error) {
        log::warning("accepting a connection failed", {{"what", error.message()}});
        self->pause.start(pause_after_failure, [self] { self->accept(self); });
        return;
      }
      boost::system::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      int const native = socket.release(ignored);
      self->accepted(native);
      self->accept(self);
    });
  }

  EventLoop& loop;
  tcp::acceptor acceptor;
  Timer pause;
  std::function<void(int)> accepted;
  bool is_stopped = false;
};

Listener::Listener(EventLoop& loop, std::string const& address, std::uint16_t port)
    : state_(std::make_shared<State>(loop)) {
  boost::system::error_code error;
  auto const ip = asio::ip::make_address(address, error);
  if (error) refuse(error, address, port);
  tcp::endpoint const endpoint{ip, port};
  auto& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (error) refuse(error, address, port);
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  acceptor.set_option(ReusePort{true}, error);
  acceptor.bind(endpoint, error);
  if (error) refuse(error, address, port);
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) refuse(error, address, port);
}

Listener::~Listener() {
  stop();
}

std::string Listener::address() const {
  return state_->acceptor.local_endpoint().address().to_string();
}

std::uint16_t Listener::port() const {
  return state_->acceptor.local_endpoint().port();
}

void Listener::start(std::function<void(int socket)> accepted) {
  state_->accepted = std::move(accepted);
  state_->accept(state_);
}

void Listener::stop() {
  state_->is_stopped = true;
  state_->pause.cancel();
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
}

}  // namespace insighta::http
