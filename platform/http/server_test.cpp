#include "platform/http/server.hpp"

#include "platform/async/event_loop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <atomic>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <zlib.h>

namespace insighta::http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// A blocking client that says exactly what it is told.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval const patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  ~RawClient() { ::close(socket_); }
  RawClient(RawClient const&) = delete;
  RawClient& operator=(RawClient const&) = delete;

  bool send(std::string_view text) {
    while (!text.empty()) {
      auto const sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Some bytes; empty at the end.
  std::string receive() {
    std::string buffer(64 * 1024, '\0');
    auto const count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    buffer.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return buffer;
  }

  std::string receive_all() {
    std::string text;
    for (auto piece = receive(); !piece.empty(); piece = receive()) text += piece;
    return text;
  }

  /// Until `end` has come `times` times.
  std::string receive_until(std::string_view end, int times = 1) {
    std::string text;
    std::size_t from = 0;
    while (true) {
      auto const at = text.find(end, from);
      if (at != text.npos) {
        from = at + end.size();
        if (--times == 0) return text;
        continue;
      }
      auto const piece = receive();
      if (piece.empty()) return text;
      text += piece;
    }
  }

 private:
  int socket_;
};

class Counting final : public BodyStream {
 public:
  Counting(int pieces, std::atomic<int>& pulled) : left_(pieces), pulled_(pulled) {}
  Task<Result<std::optional<std::string>>> next() override {
    if (left_-- == 0) co_return std::nullopt;
    ++pulled_;
    co_return std::string(64 * 1024, 'x');
  }

 private:
  int left_;
  std::atomic<int>& pulled_;
};

class ServerTest : public ::testing::Test {
 protected:
  void start(ServerSettings settings = {}) {
    server_.emplace(
        loop_, std::move(settings), [this](Request& request) { return handle(request); },
        [](std::exception const& fault) -> std::optional<Error> {
          if (std::string_view{fault.what()} == "database away")
            return unavailable("Try again", 1s);
          return std::nullopt;
        });
    server_->start();
    thread_ = std::jthread([this] { loop_.run(); });
  }

  void TearDown() override {
    if (server_) drain(0ms);
    loop_.stop();
    if (thread_.joinable()) thread_.join();
    server_.reset();
  }

  void drain(std::chrono::milliseconds grace) {
    std::atomic<bool> done = false;
    loop_.post([&] { loop_.spawn(drained(*server_, grace, done)); });
    done.wait(false);
  }

  static Task<void> drained(Server& server, std::chrono::milliseconds grace,
                            std::atomic<bool>& done) {
    co_await server.drain(grace);
    done = true;
    done.notify_one();
  }

  Task<Response> handle(Request& request) {
    if (request.path == "/echo") {
      auto body = co_await request.read_body();
      if (!body) co_return error_response(body.error(), request);
      co_return text_response(200, "[" + *body + "]");
    }
    if (request.path == "/ignore") co_return text_response(200, "ignored");
    if (request.path == "/refuse")
      co_return error_response(Error{ErrorKind::too_large, "PAYLOAD_TOO_LARGE", "Too large"},
                               request);
    if (request.path == "/long") co_return text_response(200, std::string(4000, 'a'));
    if (request.path == "/stream") {
      Response response;
      response.stream = std::make_unique<Counting>(pieces_, pulled_);
      co_return response;
    }
    if (request.path == "/away") throw std::runtime_error("database away");
    if (request.path == "/broken") throw std::runtime_error("the secret inside");
    if (request.path == "/slow") co_await loop_.sleep_for(200ms);
    co_return text_response(200, "hello " + request.peer_address);
  }

  std::uint16_t port() const { return server_->port(); }
  std::string ask(std::string const& text) {
    RawClient client(port());
    client.send(text);
    return client.receive_all();
  }

  EventLoop loop_;
  std::optional<Server> server_;
  std::jthread thread_;
  std::atomic<int> pulled_ = 0;
  int pieces_ = 3;
};

constexpr auto host = "Host: localhost\r\n";
constexpr auto close = "Host: localhost\r\nConnection: close\r\n";

std::string get(std::string const& path, std::string const& fields = close) {
  return "GET " + path + " HTTP/1.1\r\n" + fields + "\r\n";
}

TEST_F(ServerTest, answers_with_length_date_and_request_id) {
  start();
  auto const answer = ask(get("/"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 15\r\n"));
  EXPECT_THAT(answer, HasSubstr("Date: "));
  EXPECT_THAT(answer, HasSubstr("X-Request-Id: "));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\nhello 127.0.0.1"));
}

TEST_F(ServerTest, answers_pipelined_requests_in_order) {
  start();
  auto const answer =
      ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none" + get("/", host) +
          "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
          "Content-Length: 3\r\n\r\ntwo");
  auto const first = answer.find("[one]");
  auto const second = answer.find("hello");
  auto const third = answer.find("[two]");
  ASSERT_NE(third, answer.npos);
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
}

TEST_F(ServerTest, takes_a_request_byte_by_byte) {
  start();
  RawClient client(port());
  for (char const c :
       std::string{"POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n"
                   "Trailer: t\r\n\r\n"})
    client.send({&c, 1});
  EXPECT_THAT(client.receive_all(), HasSubstr("[abcde]"));
}

TEST_F(ServerTest, streams_in_chunks_and_head_without_body) {
  start();
  auto const answer = ask(get("/stream"));
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(answer, HasSubstr("\r\n10000\r\nxxx"));
  EXPECT_TRUE(answer.ends_with("\r\n0\r\n\r\n"));
  auto const head = ask("HEAD /long HTTP/1.1\r\n" + std::string{close} + "\r\n");
  EXPECT_THAT(head, HasSubstr("Content-Length: 4000\r\n"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, streams_to_http_1_0_until_it_closes) {
  start();
  auto const answer = ask("GET /stream HTTP/1.0\r\n\r\n");
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
  EXPECT_TRUE(answer.ends_with(std::string(64 * 1024, 'x')));
}

TEST_F(ServerTest, does_not_run_ahead_of_a_reader_who_waits) {
  start();
  pieces_ = 2'000;
  RawClient client(port());
  client.send(get("/stream"));
  std::this_thread::sleep_for(200ms);  // nothing is read meanwhile: only socket buffers fill
  EXPECT_LT(pulled_, 500);
  EXPECT_GT(client.receive_all().size(), 2'000u * 64 * 1024);
  EXPECT_EQ(pulled_, 2'000);
}

TEST_F(ServerTest, refuses_what_two_servers_could_read_differently) {
  start();
  for (std::string const& fields : {
           std::string{"Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"},
           std::string{"Host: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n"},
           std::string{"Host: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n"},
           std::string{"Host: a\r\nContent-Length: +3\r\n"},
           std::string{"Host: a\r\nX: y\r\n z\r\n"},
           std::string{"Host: a\r\nX: y\nZ: z\r\n"},
           std::string{"Host: a\r\nX : y\r\n"},
           std::string{"Host: a\r\nX: \0\r\n", 15},
           std::string{"Host: a\r\nHost: b\r\n"},
           std::string{"X: y\r\n"},
       })
    EXPECT_THAT(ask("POST /echo HTTP/1.1\r\n" + fields + "\r\nabc"), StartsWith("HTTP/1.1 400 "))
        << fields;
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
              testing::AnyOf(StartsWith("HTTP/1.1 501 "), StartsWith("HTTP/1.1 400 ")));
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                  "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
              StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(ask("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
}

TEST_F(ServerTest, limits_target_and_headers) {
  start({.max_target_bytes = 100, .max_header_bytes = 1000});
  EXPECT_THAT(ask(get("/" + std::string(99, 'a'))), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask(get("/api/" + std::string(200, 'a'))), StartsWith("HTTP/1.1 414 "));
  EXPECT_THAT(ask(get("/", "Host: a\r\nX: " + std::string(1000, 'a') + "\r\n")),
              StartsWith("HTTP/1.1 431 "));
}

TEST_F(ServerTest, lets_a_client_that_still_sends_read_the_413) {
  start();
  RawClient client(port());
  std::string const body(8 << 20, 'b');
  client.send("POST /refuse HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n");
  EXPECT_TRUE(client.send(body));
  auto const answer = client.receive_all();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
}

TEST_F(ServerTest, reads_over_a_small_body_that_nobody_wanted) {
  start();
  auto const answer =
      ask("POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get("/"));
  EXPECT_THAT(answer, HasSubstr("hello"));
}

TEST_F(ServerTest, asks_for_the_body_when_the_client_waits) {
  start();
  RawClient client(port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n"
      "Content-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_THAT(client.receive_all(), HasSubstr("[abc]"));
}

TEST_F(ServerTest, has_no_patience_with_slow_senders) {
  start({.header_timeout = 50ms, .idle_timeout = 50ms, .body_timeout = 50ms});
  EXPECT_THAT(ask("GET / HTTP/1.1\r\nHost:"), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(ask(""), "");
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"),
              StartsWith("HTTP/1.1 400 "));
}

TEST_F(ServerTest, compresses_text_when_asked) {
  start();
  auto const answer = ask(get("/long", std::string{close} + "Accept-Encoding: br, gzip;q=0.8\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Encoding: gzip"));
  EXPECT_THAT(answer, HasSubstr("Vary: Accept-Encoding"));
  EXPECT_LT(answer.size(), 1000u);
  EXPECT_THAT(ask(get("/long", std::string{close} + "Accept-Encoding: gzip;q=0\r\n")),
              Not(HasSubstr("Content-Encoding")));
}

TEST_F(ServerTest, hides_what_broke_inside) {
  start();
  auto const broken = ask(get("/broken"));
  EXPECT_THAT(broken, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(broken, Not(HasSubstr("secret")));
  auto const away = ask(get("/away"));
  EXPECT_THAT(away, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(away, HasSubstr("Retry-After: 1"));
}

TEST_F(ServerTest, believes_forwarded_addresses_of_its_proxies_only) {
  start({.trusted_proxies = {"127.0.0.1", "10.0.0.1"}});
  auto const forwarded = std::string{close} + "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.0.0.1\r\n";
  EXPECT_THAT(ask(get("/", forwarded)), HasSubstr("hello 192.0.2.7"));
}

TEST_F(ServerTest, ignores_forwarded_addresses_of_strangers) {
  start();
  EXPECT_THAT(ask(get("/", std::string{close} + "X-Forwarded-For: 192.0.2.7\r\n")),
              HasSubstr("hello 127.0.0.1"));
}

TEST_F(ServerTest, turns_away_more_connections_than_it_may_have) {
  start({.max_connections = 1});
  RawClient first(port());
  first.send(get("/", host));
  EXPECT_THAT(first.receive_until("127.0.0.1"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask(""), StartsWith("HTTP/1.1 503 "));
}

TEST_F(ServerTest, finishes_what_runs_and_drops_who_waits) {
  start();
  RawClient idle(port());
  idle.send(get("/", host));
  idle.receive_until("127.0.0.1");
  RawClient busy(port());
  busy.send(get("/slow", host));
  std::this_thread::sleep_for(50ms);  // until the handler has begun
  drain(5s);
  EXPECT_THAT(busy.receive_all(), HasSubstr("Connection: close"));
  EXPECT_EQ(idle.receive_all(), "");
  EXPECT_THROW(RawClient{port()}, std::exception);
}

}  // namespace
}  // namespace insighta::http
