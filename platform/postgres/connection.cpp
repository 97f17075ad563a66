#include "platform/postgres/connection.hpp"

#include "platform/log/log.hpp"
#include "platform/postgres/cancel.hpp"
#include "platform/postgres/failure.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <utility>

namespace insighta::postgres {

using std::chrono::steady_clock;

namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

/// The `options` keyword of the connection string, which ours are added to.
std::string options_of(std::string const& connection_string) {
  char* fault = nullptr;
  std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(connection_string.c_str(), &fault));
  PQfreemem(fault);  // not shown: it may repeat the password
  if (!options) throw std::invalid_argument("the database's connection string cannot be read");
  for (auto const* option = options.get(); option->keyword != nullptr; ++option) {
    if (std::string_view{option->keyword} == "options" && option->val != nullptr) {
      return option->val;
    }
  }
  return {};
}

/// Without jit: where the plan knows too little it compiles for longer than the statement takes.
std::string startup_options(ConnectionSettings const& settings) {
  return fmt::format(
      "{} -c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout={} "
      "-c timezone=UTC -c jit=off",
      options_of(settings.connection_string), settings.statement_timeout.count(),
      settings.lock_timeout.count(), settings.idle_in_transaction_timeout.count());
}

pg_conn* start_connecting(ConnectionSettings const& settings) {
  auto const options = startup_options(settings);
  // What stands before dbname, the whole connection string, yields to it; what follows wins.
  std::array const keywords{"keepalives_idle",
                            "keepalives_interval",
                            "keepalives_count",
                            "tcp_user_timeout",
                            "fallback_application_name",
                            "dbname",
                            "client_encoding",
                            "options",
                            static_cast<char const*>(nullptr)};
  std::array const values{"30",
                          "5",
                          "3",
                          "10000",
                          settings.application_name.c_str(),
                          settings.connection_string.c_str(),
                          "UTF8",
                          options.c_str(),
                          static_cast<char const*>(nullptr)};
  return PQconnectStartParams(keywords.data(), values.data(), 1);
}

void log_notice(void*, char const* message) {
  log::debug("a notice from PostgreSQL", {{"text", message}});
}

}  // namespace

void Connection::ClearResult::operator()(pg_result* result) const {
  PQclear(result);
}

void Connection::FinishConnection::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

Connection::Connection(EventLoop& loop, ConnectionSettings const& settings)
    : loop_(loop), settings_(settings), watch_(loop), deadline_timer_(loop) {}

Connection::~Connection() {
  no_longer_ready();
  watch_.forget();
}

Task<void> Connection::open() {
  auto const self = shared_from_this();
  if (!broken_.empty()) throw_unavailable();
  connection_.reset(start_connecting(settings_));
  if (!connection_) throw std::bad_alloc();
  PQsetNoticeProcessor(connection_.get(), log_notice, nullptr);
  wait_deadline_ = steady_clock::now() + settings_.connect_timeout;
  schedule_deadline();
  auto progress =
      PQstatus(connection_.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (progress != PGRES_POLLING_OK) {
    if (progress == PGRES_POLLING_FAILED) {
      drop(connection_message(connection_.get()));
      throw_unavailable();
    }
    // libpq may try several addresses, with a new socket each.
    watch_.assign(PQsocket(connection_.get()));
    co_await wait_for(progress == PGRES_POLLING_READING ? Direction::read : Direction::write);
    watch_.forget();
    progress = PQconnectPoll(connection_.get());
  }
  wait_deadline_ = {};
  if (PQsetnonblocking(connection_.get(), 1) != 0 || PQenterPipelineMode(connection_.get()) != 1) {
    drop(connection_message(connection_.get()));
    throw_unavailable();
  }
  watch_.assign(PQsocket(connection_.get()));
  is_ready_ = true;
  if (settings_.metrics) settings_.metrics->connection_opened(settings_.kind);
  watch();
}

void Connection::close(std::string reason) {
  if (connection_ && (!requests_.empty() || is_copying())) {
    cancel_in_background(connection_.get());
  }
  drop(std::move(reason));
}

/// Ends the connection and wakes everyone who waits for it; they find broken_ set. The last thing a
/// caller does, for any of them may run on from inside.
void Connection::drop(std::string reason) {
  if (!broken_.empty()) return;
  auto const self = weak_from_this().lock();
  broken_ = std::move(reason);
  no_longer_ready();
  deadline_timer_.cancel();
  watch_.forget();
  connection_.reset();
  answered_.insert(answered_.end(), requests_.begin(), requests_.end());
  requests_.clear();
  answered_.insert(answered_.end(), gathered_.begin(), gathered_.end());
  gathered_.clear();
  for (auto* const request : answered_) {
    // One that only failed because of what it was sent with heard nothing of itself.
    bool const is_told = request->error && request->error->sqlstate != behind_a_failed_one;
    if (!is_told && request->broken.empty() && !request->is_complete) request->broken = broken_;
  }
  auto* const reader = std::exchange(reader_, nullptr);
  auto* const writer = std::exchange(writer_, nullptr);
  deliver();
  if (reader != nullptr) reader->set({});
  if (writer != nullptr) writer->set({});
}

/// For places that must not run other coroutines: what waits fails in the next turn of the loop.
void Connection::drop_later() {
  no_longer_ready();
  loop_.post([self = weak_from_this()] {
    auto const connection = self.lock();
    if (connection && connection->connection_) {
      connection->drop(connection_message(connection->connection_.get()));
    }
  });
}

void Connection::no_longer_ready() {
  if (!std::exchange(is_ready_, false)) return;
  if (settings_.metrics) settings_.metrics->connection_closed(settings_.kind);
}

void Connection::throw_unavailable() const {
  throw Unavailable(fmt::format("the database is away: {}", broken_));
}

void Connection::watch() {
  if (std::exchange(is_watching_, true)) return;
  watch_.when_readable([this] {
    is_watching_ = false;
    on_readable();
  });
}

void Connection::flush() {
  if (is_flushing_ || !connection_) return;
  int const left = PQflush(connection_.get());
  if (left < 0) return drop_later();
  if (left == 0) {
    if (auto* const writer = std::exchange(writer_, nullptr)) writer->set({});
    return;
  }
  is_flushing_ = true;
  watch_.when_writable([this] {
    is_flushing_ = false;
    flush();
  });
}

void Connection::on_readable() {
  auto const self = shared_from_this();
  bool const is_alive = PQconsumeInput(connection_.get()) == 1;
  // The server's last words may have come together with the end of the connection.
  collect_answers();
  if (!is_alive) return drop(connection_message(connection_.get()));
  if (copy_ != Copy::out) watch();
  schedule_deadline();
  deliver();
  if (auto* const reader = std::exchange(reader_, nullptr)) reader->set({});
}

/// Wakes the askers of what is answered. They may ask again at once, or let go of the connection.
void Connection::deliver() {
  auto const answered = std::exchange(answered_, {});
  for (auto* const request : answered) request->answered.set({});
}

/// The timer is set for the earliest time at which something must happen: deadlines of statements
/// grow along the queue, so it is the front's, and it is not moved for every statement.
void Connection::schedule_deadline() {
  std::optional<Deadline> next;
  if (!requests_.empty()) {
    auto const& front = *requests_.front();
    next = front.cancelled_until.value_or(front.deadline);
  } else if (wait_deadline_ != Deadline{}) {
    next = wait_deadline_;
  }
  if (!next || (timer_set_for_ && *timer_set_for_ <= *next)) return;
  timer_set_for_ = next;
  deadline_timer_.start(*next - steady_clock::now(), [this] { on_deadline(); });
}

void Connection::on_deadline() {
  timer_set_for_.reset();
  auto const now = steady_clock::now();
  if (!requests_.empty()) {
    auto& front = *requests_.front();
    if (front.cancelled_until.value_or(front.deadline) <= now) return expire(front);
  } else if (wait_deadline_ != Deadline{} && wait_deadline_ <= now) {
    return close("no answer in time");
  }
  schedule_deadline();
}

void Connection::expire(Request& front) {
  static constexpr std::chrono::milliseconds grace{500};
  if (front.cancelled_until) return drop("no answer in time, nor to the request to cancel");
  cancel_in_background(connection_.get());
  ++late_cancels_;
  front.cancelled_until = steady_clock::now() + grace;
  schedule_deadline();
}

Task<void> Connection::wait_for(Direction direction) {
  Signal woken;
  auto*& waiting = direction == Direction::read ? reader_ : writer_;
  waiting = &woken;
  auto const wake = [this, direction] {
    auto*& signal = direction == Direction::read ? reader_ : writer_;
    if (auto* const waking = std::exchange(signal, nullptr)) waking->set({});
  };
  if (direction == Direction::read) {
    watch_.when_readable(wake);
  } else {
    watch_.when_writable(wake);
  }
  co_await woken;
  if (!broken_.empty()) throw_unavailable();
}

}  // namespace insighta::postgres
