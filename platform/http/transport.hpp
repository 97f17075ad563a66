#pragma once

#include "platform/async/completion.hpp"
#include "platform/async/event_loop.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace boost::asio {
class io_context;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace insighta::http {

/// How one read or write ended.
struct Transfer {
  std::size_t bytes = 0;
  bool is_fine = true;
};

/// One accepted connection, plain or TLS. Used by one coroutine at a time; cancel() from the same
/// loop makes what waits end with is_fine false.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Takes over a connected socket.
  static std::unique_ptr<Transport> plain(EventLoop& loop, int socket);
  static std::unique_ptr<Transport> tls(EventLoop& loop, int socket,
                                        boost::asio::ssl::context& context);

  virtual Task<bool> handshake() = 0;
  /// At least one byte, or not fine: the other side is gone.
  virtual Task<Transfer> read(char* into, std::size_t size) = 0;
  /// All pieces, in order.
  virtual Task<Transfer> write(std::array<std::string_view, 3> pieces) = 0;
  /// Says that nothing more will be sent; reading goes on.
  virtual void shutdown_send() = 0;
  virtual void cancel() = 0;
  virtual std::string peer_address() const = 0;
};

}  // namespace insighta::http
