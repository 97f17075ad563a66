#include "sign_in/loopback_server.hpp"

#include "files/private_files.hpp"
#include "sign_in/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace insighta::cli {

namespace {

constexpr std::size_t max_head = 8192;
constexpr std::size_t max_typed = 16384;
constexpr std::size_t max_connections = 32;
constexpr auto connection_time = std::chrono::seconds{5};
constexpr auto answered_time = std::chrono::seconds{2};

/// A listening socket on a loopback address. Without SO_REUSEADDR: two sign-ins never share a port.
FileDescriptor listen_on(sockaddr const* address, socklen_t size) {
  FileDescriptor listener(
      socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!listener.is_open() || bind(listener.get(), address, size) != 0 ||
      listen(listener.get(), 16) != 0) {
    return {};
  }
  return listener;
}

FileDescriptor listen_v4(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return listen_on(reinterpret_cast<sockaddr const*>(&address), sizeof address);
}

FileDescriptor listen_v6(std::uint16_t port) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  address.sin6_port = htons(port);
  return listen_on(reinterpret_cast<sockaddr const*>(&address), sizeof address);
}

std::uint16_t port_of(FileDescriptor const& listener) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
  bool const is_v6 = address.ss_family == AF_INET6;
  return ntohs(is_v6 ? reinterpret_cast<sockaddr_in6 const*>(&address)->sin6_port
                     : reinterpret_cast<sockaddr_in const*>(&address)->sin_port);
}

/// Whether our closing resets the connection. A side that closes first in the usual way keeps the
/// port for a minute (TIME_WAIT), and the next sign-in would have to take another one.
void reset_on_close(FileDescriptor const& socket, bool is_wanted) {
  linger const how{.l_onoff = is_wanted ? 1 : 0, .l_linger = 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &how, sizeof how);
}

int milliseconds_until(LoopbackServer::SteadyClock::time_point instant) {
  auto const left = instant - LoopbackServer::SteadyClock::now();
  auto const whole = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  return static_cast<int>(std::clamp<long>(whole, 0, 60'000));
}

}  // namespace

Result<LoopbackServer> LoopbackServer::open(std::uint16_t wanted_port) {
  for (std::uint16_t const port : {wanted_port, std::uint16_t{0}}) {
    FileDescriptor listener = listen_v4(port);
    if (!listener.is_open()) continue;
    std::uint16_t const bound = port_of(listener);
    return LoopbackServer(std::move(listener), bound, fmt::format("127.0.0.1:{}", bound));
  }
  FileDescriptor listener = listen_v6(0);
  if (!listener.is_open()) return fail(system_failure("cannot listen on 127.0.0.1 or ::1"));
  std::uint16_t const bound = port_of(listener);
  return LoopbackServer(std::move(listener), bound, fmt::format("[::1]:{}", bound));
}

LoopbackServer::LoopbackServer(FileDescriptor listener, std::uint16_t port, std::string authority)
    : listener_(std::move(listener)), port_(port), authority_(std::move(authority)) {}

void LoopbackServer::serve(SteadyClock::time_point until, Callbacks const& callbacks) {
  while (SteadyClock::now() < until && (!callbacks.is_done() || is_answer_on_its_way())) {
    std::vector<pollfd> watched{{.fd = listener_.get(), .events = POLLIN, .revents = 0}};
    auto next = until;
    for (Connection const& connection : connections_) {
      watched.push_back({.fd = connection.socket.get(), .events = POLLIN, .revents = 0});
      next = std::min(next, connection.deadline);
    }
    if (watches_input(callbacks)) {
      watched.push_back({.fd = STDIN_FILENO, .events = POLLIN, .revents = 0});
    }
    if (poll(watched.data(), watched.size(), milliseconds_until(next)) < 0) continue;
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      if (watched[i + 1].revents != 0) read_connection(connections_[i], callbacks);
    }
    if (watches_input(callbacks) && watched.back().revents != 0) read_lines(callbacks);
    std::erase_if(connections_, [now = SteadyClock::now()](Connection const& connection) {
      return !connection.socket.is_open() || connection.deadline <= now;
    });
    if (watched.front().revents != 0) accept_connection();
  }
}

void LoopbackServer::accept_connection() {
  FileDescriptor socket(accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!socket.is_open()) return;
  reset_on_close(socket, true);
  // Whoever fills the house loses the oldest guest: the browser is the newest.
  if (connections_.size() == max_connections) connections_.erase(connections_.begin());
  connections_.push_back({std::move(socket), SteadyClock::now() + connection_time});
}

void LoopbackServer::read_connection(Connection& connection, Callbacks const& callbacks) {
  std::array<char, 4096> piece{};
  ssize_t const count = recv(connection.socket.get(), piece.data(), piece.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    reset_on_close(connection.socket, count < 0);
    connection.socket = {};
    return;
  }
  if (connection.is_answered) return;  // what comes after the answer is read and dropped
  connection.received.append(piece.data(), static_cast<std::size_t>(count));
  auto const end = connection.received.find("\r\n\r\n");
  bool const is_whole = end != std::string::npos && end <= max_head;
  if (!is_whole && connection.received.size() <= max_head) return;
  std::string const answer =
      is_whole ? callbacks.answer(std::string_view{connection.received}.substr(0, end + 2))
               : pages::plain(431, "Request header too large");
  // A few KiB into an empty socket buffer: never a partial send. The other side closes when it has
  // read all, as it is told to.
  send(connection.socket.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
  connection.is_answered = true;
  connection.deadline = SteadyClock::now() + answered_time;
}

bool LoopbackServer::is_answer_on_its_way() const {
  return std::ranges::any_of(connections_, &Connection::is_answered);
}

bool LoopbackServer::watches_input(Callbacks const& callbacks) const {
  return callbacks.on_line && !is_input_closed_;
}

void LoopbackServer::read_lines(Callbacks const& callbacks) {
  std::array<char, 4096> piece{};
  ssize_t const count = read(STDIN_FILENO, piece.data(), piece.size());
  if (count <= 0) {
    is_input_closed_ = true;
    return;
  }
  typed_.append(piece.data(), static_cast<std::size_t>(count));
  for (auto end = typed_.find('\n'); end != std::string::npos; end = typed_.find('\n')) {
    std::string const line = typed_.substr(0, end);
    typed_.erase(0, end + 1);
    callbacks.on_line(line);
  }
  if (typed_.size() > max_typed) typed_.clear();
}

}  // namespace insighta::cli
