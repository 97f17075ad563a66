#include "platform/http/server.hpp"

#include "platform/async/task_group.hpp"
#include "platform/http/error_response.hpp"
#include "platform/http/listener.hpp"
#include "platform/http/request_log.hpp"
#include "platform/http/session.hpp"

#include <boost/asio/ssl/context.hpp>

#include <algorithm>
#include <array>
#include <list>
#include <stdexcept>

namespace insighta::http {

namespace ssl = boost::asio::ssl;

namespace {

using namespace std::chrono_literals;

std::unique_ptr<ssl::context> make_tls(ServerSettings const& settings) {
  if (settings.tls_certificate_file.empty()) return nullptr;
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                       ssl::context::no_sslv3 | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  boost::system::error_code error;
  context->use_certificate_chain_file(settings.tls_certificate_file, error);
  if (error) throw std::runtime_error("cannot read " + settings.tls_certificate_file);
  context->use_private_key_file(settings.tls_key_file, ssl::context::pem, error);
  if (error) throw std::runtime_error("cannot read " + settings.tls_key_file);
  return context;
}

/// Deadlines are looked at this often: a quarter of the shortest, at most twice a second.
std::chrono::milliseconds patrol_interval(ServerSettings const& settings) {
  auto const shortest =
      std::min({settings.header_timeout, settings.idle_timeout, settings.body_timeout});
  return std::clamp(shortest / 4, 5ms, 500ms);
}

}  // namespace

struct Server::State {
  State(EventLoop& event_loop, ServerSettings given, Handler handle, ExceptionMapper mapper,
        metrics::Registry* metrics)
      : loop(event_loop),
        settings(std::move(given)),
        handler(std::move(handle)),
        map_exception(std::move(mapper)),
        log(loop, metrics),
        context{settings, handler, map_exception, log},
        tls(make_tls(settings)),
        listener(loop, settings.address, settings.port),
        patrol_timer(loop),
        running(loop) {}

  void accept(int socket) {
    auto transport = tls ? Transport::tls(loop, socket, *tls) : Transport::plain(loop, socket);
    if (sessions.size() >= settings.max_connections)
      running.spawn(turn_away(std::move(transport)));
    else
      running.spawn(serve(std::move(transport)));
  }

  Task<void> serve(std::unique_ptr<Transport> transport) {
    auto const self = sessions.emplace(sessions.end(), context, std::move(transport));
    try {
      co_await self->run();
    } catch (...) {
      sessions.erase(self);
      throw;
    }
    sessions.erase(self);
  }

  /// Too many connections: says so, without reading, and goes.
  Task<void> turn_away(std::unique_ptr<Transport> transport) {
    if (tls) co_return;
    Request const request;
    auto const response = error_response(
        unavailable("The server has too many connections", 1s, "OVERLOADED"), request);
    auto const head = response_head(response, Framing::length, false, "-");
    co_await transport->write({head, response.body, ""});
    transport->shutdown_send();
  }

  void patrol() {
    auto const now = Session::Monotonic::now();
    for (auto& session : sessions) session.expire_if_due(now);
    patrol_timer.start(patrol_interval(settings), [this] { patrol(); });
  }

  EventLoop& loop;
  ServerSettings const settings;
  Handler const handler;
  ExceptionMapper const map_exception;
  RequestLog log;
  SessionContext context;
  std::unique_ptr<ssl::context> tls;
  Listener listener;
  Timer patrol_timer;
  std::list<Session> sessions;
  TaskGroup running;
};

Server::Server(EventLoop& loop, ServerSettings settings, Handler handler,
               ExceptionMapper map_exception, metrics::Registry* metrics)
    : state_(std::make_unique<State>(loop, std::move(settings), std::move(handler),
                                     std::move(map_exception), metrics)) {}

Server::~Server() = default;

std::string Server::address() const {
  return state_->listener.address();
}

std::uint16_t Server::port() const {
  return state_->listener.port();
}

void Server::start() {
  state_->listener.start([state = state_.get()](int socket) { state->accept(socket); });
  state_->patrol();
}

Task<void> Server::drain(std::chrono::milliseconds grace) {
  state_->context.is_draining = true;
  state_->listener.stop();
  for (auto& session : state_->sessions) session.close_if_idle();
  Timer cut(state_->loop);
  cut.start(grace, [state = state_.get()] {
    for (auto& session : state->sessions) session.abort();
  });
  co_await state_->running.join();
  state_->patrol_timer.cancel();
}

}  // namespace insighta::http
