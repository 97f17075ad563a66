#include "platform/http/transport.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

namespace insighta::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

tcp::socket adopted(EventLoop& loop, int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return {loop.native(), address.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), socket};
}

std::string address_of(tcp::socket const& socket) {
  boost::system::error_code error;
  auto const endpoint = socket.remote_endpoint(error);
  if (error) return {};
  auto const address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

template <class Stream>
Task<Transfer> read_some(Stream& stream, char* into, std::size_t size) {
  Completion<Transfer> done;
  stream.async_read_some(asio::buffer(into, size),
                         [&done](boost::system::error_code error, std::size_t bytes) {
                           done.set({.bytes = bytes, .is_fine = !error});
                         });
  co_return co_await done;
}

template <class Stream>
Task<Transfer> write_all(Stream& stream, std::array<std::string_view, 3> pieces) {
  Completion<Transfer> done;
  std::array<asio::const_buffer, 3> const buffers = {
      asio::buffer(pieces[0]), asio::buffer(pieces[1]), asio::buffer(pieces[2])};
  asio::async_write(stream, buffers, [&done](boost::system::error_code error, std::size_t bytes) {
    done.set({.bytes = bytes, .is_fine = !error});
  });
  co_return co_await done;
}

class PlainTransport final : public Transport {
 public:
  PlainTransport(EventLoop& loop, int socket) : socket_(adopted(loop, socket)) {}

  Task<bool> handshake() override { co_return true; }
  Task<Transfer> read(char* into, std::size_t size) override {
    return read_some(socket_, into, size);
  }
  Task<Transfer> write(std::array<std::string_view, 3> pieces) override {
    return write_all(socket_, pieces);
  }
  void shutdown_send() override {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
  void cancel() override {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  }
  std::string peer_address() const override { return address_of(socket_); }

 private:
  tcp::socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(EventLoop& loop, int socket, asio::ssl::context& context)
      : stream_(adopted(loop, socket), context) {}

  Task<bool> handshake() override {
    Completion<bool> done;
    stream_.async_handshake(asio::ssl::stream_base::server,
                            [&done](boost::system::error_code error) { done.set(!error); });
    co_return co_await done;
  }
  Task<Transfer> read(char* into, std::size_t size) override {
    return read_some(stream_, into, size);
  }
  Task<Transfer> write(std::array<std::string_view, 3> pieces) override {
    return write_all(stream_, pieces);
  }
  void shutdown_send() override {
    boost::system::error_code ignored;
    stream_.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
  }
  void cancel() override {
    boost::system::error_code ignored;
    stream_.next_layer().cancel(ignored);
  }
  std::string peer_address() const override { return address_of(stream_.next_layer()); }

 private:
  asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

std::unique_ptr<Transport> Transport::plain(EventLoop& loop, int socket) {
  return std::make_unique<PlainTransport>(loop, socket);
}

std::unique_ptr<Transport> Transport::tls(EventLoop& loop, int socket,
                                          asio::ssl::context& context) {
  return std::make_unique<TlsTransport>(loop, socket, context);
}

}  // namespace insighta::http
