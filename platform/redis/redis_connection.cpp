#include "platform/redis/redis_connection.hpp"

#include "platform/async/completion.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/redis/reply_reader.hpp"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <deque>
#include <string>

namespace insighta::redis {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Stream = asio::generic::stream_protocol;
using boost::system::error_code;
using Monotonic = std::chrono::steady_clock;

constexpr std::size_t read_size = 4096;

/// Who waits for an answer; lives in the waiting coroutine.
struct Waiter {
  Completion<std::optional<std::vector<std::int64_t>>> answered;
  Monotonic::time_point due;
};

enum class Phase { idle, connecting, open, closed };

}  // namespace

/// Shared with the handlers of its socket, which may run once more after the connection has gone.
struct Connection::State : std::enable_shared_from_this<State> {
  State(EventLoop& event_loop, Settings given, metrics::Registry* registry)
      : loop(event_loop),
        settings(std::move(given)),
        resolver(event_loop.native()),
        socket(event_loop.native()),
        connect_deadline(event_loop),
        call_deadline(event_loop) {
    if (registry == nullptr) return;
    connections = &registry->gauge("insighta_redis_connections", "Open connections to Redis");
    unanswered = &registry->counter("insighta_redis_unanswered_total",
                                    "Calls of Redis without an answer in time");
  }

  /// The connection's life, from knocking to its end.
  static Task<void> live(std::shared_ptr<State> self) {
    self->is_lost = false;
    self->trouble = "the connection broke";
    self->reader = {};
    self->connect_deadline.start(self->settings.patience,
                                 [state = self.get()] { state->lose("it does not answer"); });
    if (co_await self->connect() && co_await self->greet()) {
      self->connect_deadline.cancel();
      self->opened();
      while (!self->is_lost && co_await self->receive()) self->hand_out();
      if (self->connections != nullptr) self->connections->add(-1);
    }
    self->lose(self->trouble);
    self->connect_deadline.cancel();
    if (self->phase != Phase::closed) self->phase = Phase::idle;
    self->is_living = false;
    if (self->phase == Phase::closed) self->ended.set({});
  }

  Task<bool> connect() {
    for (auto const& endpoint : co_await find_endpoints()) {
      if (is_lost) co_return false;
      Completion<error_code> done;
      socket.async_connect(endpoint, [&done](error_code error) { done.set(error); });
      auto const error = co_await done;
      if (!error && !is_lost) co_return true;
      trouble = error.message();
      error_code ignored;
      socket.close(ignored);
    }
    co_return false;
  }

  Task<std::vector<Stream::endpoint>> find_endpoints() {
    std::vector<Stream::endpoint> endpoints;
    if (!settings.address.socket_path.empty()) {
      endpoints.emplace_back(asio::local::stream_protocol::endpoint(settings.address.socket_path));
      co_return endpoints;
    }
    Signal done;
    resolver.async_resolve(settings.address.host, settings.address.port,
                           [&](error_code, tcp::resolver::results_type const& results) {
                             for (auto const& result : results)
                               endpoints.emplace_back(result.endpoint());
                             done.set({});
                           });
    co_await done;
    co_return endpoints;
  }

  /// Signs in, and makes sure that somebody is there: a stopped server accepts connections too.
  Task<bool> greet() {
    auto const& [host, port, path, user, password, database] = settings.address;
    std::vector<std::vector<std::string_view>> commands;
    if (!password.empty() && user.empty()) commands.push_back({"AUTH", password});
    if (!password.empty() && !user.empty()) commands.push_back({"AUTH", user, password});
    if (!database.empty()) commands.push_back({"SELECT", database});
    commands.push_back({"PING"});
    in_flight.clear();
    for (auto const& command : commands) in_flight += encode_command(command);
    Completion<error_code> sent;
    asio::async_write(socket, asio::buffer(in_flight),
                      [&sent](error_code error, std::size_t) { sent.set(error); });
    if (co_await sent || is_lost) co_return false;
    for (std::size_t answered = 0; answered < commands.size();) {
      if (!co_await receive()) co_return false;
      for (auto reply = reader.next(); reply; reply = reader.next(), ++answered)
        if (reply->error) {
          lose(*reply->error);
          co_return false;
        }
    }
    co_return true;
  }

  void opened() {
    phase = Phase::open;
    has_failed = false;
    if (connections != nullptr) connections->add(1);
    flush();
  }

  Task<bool> receive() {
    Completion<std::optional<std::size_t>> done;
    socket.async_read_some(asio::buffer(received), [&done](error_code error, std::size_t size) {
      done.set(error ? std::nullopt : std::optional(size));
    });
    auto const size = co_await done;
    co_return size && !is_lost && reader.feed({received.data(), *size});
  }

  /// Answers come in the order of the calls. Who is answered may call again at once.
  void hand_out() {
    for (auto reply = reader.next(); reply && !waiting.empty(); reply = reader.next()) {
      auto* const waiter = waiting.front();
      waiting.pop_front();
      if (reply->error) {
        note_absence(*reply->error);
        waiter->answered.set(std::nullopt);
      } else {
        note_answer();
        waiter->answered.set(std::move(reply->integers));
      }
    }
  }

  void send(std::vector<std::string_view> const& words, Waiter& waiter) {
    outgoing += encode_command(words);
    waiter.due = Monotonic::now() + settings.patience;
    waiting.push_back(&waiter);
    watch();
    flush();
  }

  void flush() {
    if (phase != Phase::open || is_writing || outgoing.empty()) return;
    in_flight = std::exchange(outgoing, {});
    is_writing = true;
    asio::async_write(socket, asio::buffer(in_flight),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        self->is_writing = false;
                        if (error)
                          self->lose(error.message());
                        else
                          self->flush();
                      });
  }

  /// One timer for all: it looks at who has waited longest.
  void watch() {
    if (is_watching || waiting.empty()) return;
    is_watching = true;
    call_deadline.start(waiting.front()->due - Monotonic::now(), [this] {
      is_watching = false;
      if (!waiting.empty() && waiting.front()->due <= Monotonic::now())
        lose("it does not answer in time");
      watch();
    });
  }

  /// Breaks the connection off, and tells whoever waits.
  void lose(std::string_view reason) {
    if (is_lost) return;
    is_lost = true;
    has_failed = true;
    try_again_at = Monotonic::now() + settings.pause;
    if (phase != Phase::closed) note_absence(reason);
    error_code ignored;
    resolver.cancel();
    socket.close(ignored);
    outgoing.clear();
    if (phase == Phase::open) phase = Phase::connecting;  // until live() has seen it
    for (auto* const waiter : std::exchange(waiting, {})) waiter->answered.set(std::nullopt);
  }

  void note_absence(std::string_view reason) {
    if (is_answering)
      log::warning("Redis is away; every process counts for itself", {{"what", reason}});
    is_answering = false;
  }

  void note_answer() {
    if (!is_answering) log::info("Redis is back");
    is_answering = true;
  }

  /// Whether a call may be sent, or will be as soon as the first connection is there.
  bool is_usable() {
    if (phase == Phase::idle && Monotonic::now() >= try_again_at) {
      phase = Phase::connecting;
      is_living = true;
      loop.spawn(live(shared_from_this()));
    }
    return phase == Phase::open || (phase == Phase::connecting && !has_failed);
  }

  EventLoop& loop;
  Settings const settings;
  tcp::resolver resolver;
  Stream::socket socket;
  Timer connect_deadline;
  Timer call_deadline;
  ReplyReader reader;
  std::array<char, read_size> received{};
  std::string trouble;  ///< why the connection ends, unless lose() knows better
  std::string outgoing;
  std::string in_flight;
  std::deque<Waiter*> waiting;
  Monotonic::time_point try_again_at{};
  Phase phase = Phase::idle;
  bool is_living = false;    ///< live() runs
  bool is_lost = false;      ///< and has been told to end
  bool has_failed = false;   ///< the latest connection or attempt
  bool is_answering = true;  ///< as far as the log knows
  bool is_writing = false;
  bool is_watching = false;
  Signal ended;
  metrics::Gauge* connections = nullptr;
  metrics::Counter* unanswered = nullptr;
};

Connection::Connection(EventLoop& loop, Settings settings, metrics::Registry* registry)
    : state_(std::make_shared<State>(loop, std::move(settings), registry)) {}

Connection::~Connection() = default;

Task<std::optional<std::vector<std::int64_t>>> Connection::call(
    std::vector<std::string_view> words) {
  std::optional<std::vector<std::int64_t>> answer;
  if (state_->is_usable()) {
    Waiter waiter;
    state_->send(words, waiter);
    answer = co_await waiter.answered;
  }
  if (!answer && state_->unanswered != nullptr) state_->unanswered->add();
  co_return answer;
}

Task<void> Connection::close() {
  state_->phase = Phase::closed;
  state_->lose("");
  if (state_->is_living) co_await state_->ended;
}

}  // namespace insighta::redis
