#include "platform/http/client.hpp"

#include "platform/async/event_loop.hpp"
#include "platform/async/when_all.hpp"
#include "platform/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace insighta::http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// Pieces of a size, and how many were asked for.
class Pieces final : public BodyStream {
 public:
  Pieces(int count, std::size_t size, int* pulled = nullptr)
      : left_(count), size_(size), pulled_(pulled) {}
  Task<Result<std::optional<std::string>>> next() override {
    if (left_-- == 0) co_return std::nullopt;
    if (pulled_ != nullptr) ++*pulled_;
    co_return std::string(size_, 'x');
  }

 private:
  int left_;
  std::size_t size_;
  int* pulled_;
};

/// Gives one piece, then breaks.
class Breaking final : public BodyStream {
 public:
  Task<Result<std::optional<std::string>>> next() override {
    if (std::exchange(sent_, true)) co_return fail(bad_upstream("broken"));
    co_return std::optional<std::string>{"half"};
  }

 private:
  bool sent_ = false;
};

/// Gives one piece at once and the others late; tells whether it was asked after its end.
class Late final : public BodyStream {
 public:
  explicit Late(EventLoop& loop) : loop_(loop) {}
  Task<Result<std::optional<std::string>>> next() override {
    is_asked_ = true;
    if (std::exchange(is_begun_, true)) co_await loop_.sleep_for(100ms);
    is_asked_ = false;
    co_return std::string(1'000, 'x');
  }
  bool is_being_asked() const { return is_asked_; }

 private:
  EventLoop& loop_;
  bool is_begun_ = false;
  bool is_asked_ = false;
};

/// A stream that throws, as one on a lost database would.
class Throwing final : public BodyStream {
 public:
  Task<Result<std::optional<std::string>>> next() override {
    throw std::runtime_error("gone");
    co_return std::nullopt;
  }
};

/// Client and server on one loop.
class HttpClientTest : public ::testing::Test {
 protected:
  HttpClientTest()
      : server_(
            loop_, {}, [this](Request& request) { return handle(request); },
            [](std::exception const&) { return std::nullopt; }) {
    server_.start();
  }

  ~HttpClientTest() override {
    client_.reset();
    loop_.run_until_done(server_.drain(0ms));
  }

  Task<Response> handle(Request& request) {
    ++asked_;
    if (request.path == "/count") {
      std::size_t size = 0;
      while (true) {
        auto const piece = co_await request.body->next();
        if (!piece || !*piece) break;
        size += (*piece)->size();
      }
      co_return text_response(200, std::to_string(size));
    }
    if (request.path == "/refuse") co_return text_response(413, "too much");
    if (request.path == "/stream") {
      Response response;
      response.stream = std::make_unique<Pieces>(1'000, 64 * 1024, &pulled_);
      co_return response;
    }
    if (request.path == "/broken") {
      Response response;
      response.stream = std::make_unique<Breaking>();
      co_return response;
    }
    if (request.path == "/slow") co_await loop_.sleep_for(300ms);
    auto const body = co_await request.read_body();
    auto response = text_response(201, std::string{to_string(request.method)} + " " +
                                           std::string{request.header("X-Word")} + " " + *body);
    response.headers.add("X-Answer", "yes");
    co_return response;
  }

  template <class T>
  T await(Task<T> task) {
    std::optional<T> result;
    auto const keep = [](Task<T> inner, std::optional<T>& into) -> Task<void> {
      into.emplace(co_await std::move(inner));
    };
    loop_.run_until_done(keep(std::move(task), result));
    return std::move(*result);
  }

  std::string url(std::string const& path) {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + path;
  }

  EventLoop loop_;
  int asked_ = 0;
  int pulled_ = 0;
  Server server_;
  std::unique_ptr<Client> client_ = std::make_unique<Client>(loop_);
};

TEST_F(HttpClientTest, sends_method_headers_and_body) {
  for (auto const method : {Method::post, Method::put, Method::patch, Method::del}) {
    ClientRequest request{.method = method, .url = url("/")};
    request.headers.set("X-Word", "word");
    request.body = "text";
    auto const response = await(client_->send(std::move(request)));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->headers.get("x-answer"), "yes");
    EXPECT_EQ(response->body, std::string{to_string(method)} + " word text");
  }
  EXPECT_EQ(await(client_->send({.url = url("/")}))->body, "GET  ");
}

TEST_F(HttpClientTest, streams_a_body_of_unknown_length) {
  Pieces pieces(100, 10'000);
  auto const response =
      await(client_->send({.method = Method::post, .url = url("/count"), .upload = &pieces}));
  EXPECT_EQ(response->body, "1000000");
}

TEST_F(HttpClientTest, gives_up_when_the_upload_breaks) {
  Breaking breaking;
  auto const response =
      await(client_->send({.method = Method::post, .url = url("/count"), .upload = &breaking}));
  EXPECT_FALSE(response);
}

TEST_F(HttpClientTest, gives_up_when_the_upload_throws) {
  Throwing throwing;
  auto const response =
      await(client_->send({.method = Method::post, .url = url("/count"), .upload = &throwing}));
  EXPECT_FALSE(response);
}

TEST_F(HttpClientTest, does_not_read_an_upload_on_after_an_early_answer) {
  Late late(loop_);
  auto const whole =
      await(client_->send({.method = Method::post, .url = url("/refuse"), .upload = &late}));
  EXPECT_FALSE(late.is_being_asked());
  if (whole) EXPECT_EQ(whole->status, 413);

  Late again(loop_);
  auto streaming =
      await(client_->open({.method = Method::post, .url = url("/refuse"), .upload = &again}));
  ASSERT_TRUE(streaming);
  EXPECT_EQ(streaming->status, 413);
  while (true) {
    auto const piece = await(streaming->body->next());
    if (!piece || !*piece) break;
  }
  EXPECT_FALSE(again.is_being_asked());
}

TEST_F(HttpClientTest, fails_what_is_under_way_when_it_goes) {
  auto streaming = await(client_->open({.url = url("/stream")}));
  ASSERT_TRUE(streaming);
  Timer timer(loop_);
  timer.start(50ms, [this] { client_.reset(); });
  auto const response = await(client_->send({.url = url("/slow")}));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "UPSTREAM_UNREACHABLE");
  Result<std::optional<std::string>> piece;
  do piece = await(streaming->body->next());
  while (piece && *piece);
  EXPECT_FALSE(piece);
}

TEST_F(HttpClientTest, reads_no_faster_than_its_reader) {
  auto response = await(client_->open({.url = url("/stream")}));
  ASSERT_TRUE(response);
  loop_.run_until_done(loop_.sleep_for(200ms));
  EXPECT_LT(pulled_, 500);
  std::size_t size = 0;
  while (true) {
    auto piece = await(response->body->next());
    ASSERT_TRUE(piece);
    if (!*piece) break;
    size += (*piece)->size();
  }
  EXPECT_EQ(size, 1'000u * 64 * 1024);
}

TEST_F(HttpClientTest, may_drop_a_stream_half_way) {
  auto response = await(client_->open({.url = url("/stream")}));
  ASSERT_TRUE(await(response->body->next()));
  response->body.reset();
  EXPECT_EQ(await(client_->send({.url = url("/")}))->status, 201);
}

TEST_F(HttpClientTest, tells_a_body_that_broke_off) {
  auto const whole = await(client_->send({.url = url("/broken")}));
  EXPECT_FALSE(whole);
  auto response = await(client_->open({.url = url("/broken")}));
  ASSERT_TRUE(response);
  EXPECT_EQ(**await(response->body->next()), "half");
  EXPECT_FALSE(await(response->body->next()));
}

TEST_F(HttpClientTest, does_not_wait_longer_than_told) {
  auto const response = await(client_->send({.url = url("/slow"), .timeout = 50ms}));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "UPSTREAM_TIMEOUT");
}

TEST_F(HttpClientTest, limits_what_it_takes_in) {
  auto const response = await(client_->send({.url = url("/stream"), .max_response_bytes = 1'000}));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "UPSTREAM_TOO_LARGE");
}

TEST_F(HttpClientTest, leaves_a_host_alone_that_keeps_failing) {
  client_ = std::make_unique<Client>(
      loop_, ClientSettings{.circuit_breaker_failures = 2, .circuit_open_for = 100ms});
  for (int i = 0; i < 4; ++i)
    EXPECT_FALSE(await(client_->send({.url = url("/slow"), .timeout = 20ms})));
  EXPECT_EQ(asked_, 2);
  loop_.run_until_done(loop_.sleep_for(500ms));
  EXPECT_TRUE(await(client_->send({.url = url("/")})));
  EXPECT_TRUE(await(client_->send({.url = url("/")})));
}

TEST_F(HttpClientTest, runs_many_at_once) {
  auto const all = [this]() -> Task<int> {
    std::vector<Task<Result<ClientResponse>>> tasks;
    for (int i = 0; i < 200; ++i) tasks.push_back(client_->send({.url = url("/")}));
    int fine = 0;
    for (auto const& response : co_await when_all(std::move(tasks)))
      if (response && response->status == 201) ++fine;
    co_return fine;
  };
  EXPECT_EQ(await(all()), 200);
}

}  // namespace
}  // namespace insighta::http
