#pragma once

#include "platform/async/event_loop.hpp"
#include "platform/http/router.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace insighta::metrics {
class Registry;
}

namespace insighta::http {

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                            ///< 0: any free one; see Server::port()
  std::size_t max_target_bytes = 16 * 1024;          ///< beyond: 414
  std::size_t max_header_bytes = 32 * 1024;          ///< target and headers together; beyond: 431
  std::size_t max_connections = 4'096;               ///< per loop; beyond: 503 and close
  std::chrono::milliseconds header_timeout{10'000};  ///< from the first byte to the end of headers
  std::chrono::milliseconds idle_timeout{75'000};    ///< between requests
  std::chrono::milliseconds body_timeout{30'000};    ///< without progress, reading or writing
  std::vector<std::string> trusted_proxies;          ///< addresses whose X-Forwarded-For counts
  std::string tls_certificate_file;                  ///< PEM chain; empty: plain HTTP
  std::string tls_key_file;
};

/// The HTTP/1.1 server of one event loop. Servers of several loops share a port (SO_REUSEPORT).
/// Logs one line a request and counts it; an exception from a handler is logged with the request id
/// and answered 500, postgres::Unavailable's counterpart by `on_exception` of the wiring.
class Server {
 public:
  /// Turns an exception that a handler let through into an answer; nothing = 500 and a log line.
  using ExceptionMapper = std::function<std::optional<Error>(std::exception const&)>;

  /// Binds and listens at once; throws std::system_error when the address is taken.
  Server(EventLoop& loop, ServerSettings settings, Handler handler, ExceptionMapper map_exception,
         metrics::Registry* metrics = nullptr);
  ~Server();

  std::uint16_t port() const;
  /// The address that the socket is bound to.
  std::string address() const;
  void start();
  /// Stops accepting, lets running requests end within `grace`, then cuts what is left.
  Task<void> drain(std::chrono::milliseconds grace);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace insighta::http
