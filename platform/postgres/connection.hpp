#pragma once

#include "platform/async/completion.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/postgres/parameters.hpp"
#include "platform/postgres/query.hpp"
#include "platform/postgres/rows.hpp"
#include "platform/postgres/server_error.hpp"
#include "platform/postgres/socket_watch.hpp"
#include "platform/postgres/statement_metrics.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace insighta::postgres {

/// What a connection is opened with.
struct ConnectionSettings {
  std::string connection_string;
  std::string application_name;
  std::string kind;  ///< for the metrics
  std::chrono::milliseconds connect_timeout;
  std::chrono::milliseconds statement_timeout;
  std::chrono::milliseconds lock_timeout;
  std::chrono::milliseconds idle_in_transaction_timeout;
  std::shared_ptr<StatementMetrics> metrics;  ///< may be none; one for all of a Database's
};

/// One libpq connection on one event loop. Statements go out in pipeline mode without waiting for
/// each other's answers, and those wake the askers in the same order, never from inside libpq's
/// read loop. Every wait has a deadline: first the statement is cancelled, and if that has no
/// effect the connection is dropped. A connection that broke stays broken; all waiting and later
/// calls throw Unavailable. Held by shared_ptr, since a call in flight keeps it alive.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(EventLoop& loop, ConnectionSettings const& settings);
  ~Connection();

  /// Throws Unavailable. Once.
  Task<void> open();
  bool is_open() const { return is_ready_; }
  /// Fails everything that waits, and cancels what the server still runs.
  void close(std::string reason);

  /// One statement, committed by itself or, unseen, with others of the same turn of the loop. One
  /// that failed only because of somebody else's (one it was sent with, a prepare that failed, a
  /// cancel that came late) is sent again.
  Task<Rows> run(Query query, Parameters parameters);
  /// The same behind a `begin` in one message to the server: without the one not the other.
  Task<Rows> run_behind_begin(Query query, Parameters parameters);
  /// A statement of an open transaction: never sent again by itself.
  Task<Rows> run_in_transaction(Query query, Parameters parameters);
  /// begin, commit or rollback, alone; gives the command the server says it executed.
  Task<std::string> control(char const* command, std::chrono::milliseconds timeout);

  /// COPY, on a connection where nothing else waits.
  Task<void> begin_copy_in(std::string sql);
  Task<void> copy_write(std::string_view piece);
  Task<std::int64_t> copy_finish();
  Task<void> begin_copy_out(std::string sql);
  Task<std::optional<std::string>> copy_read();
  bool is_copying() const { return copy_ != Copy::none; }

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  enum class Copy { none, in, out };
  enum class Direction { read, write };
  enum class Context { gathered, alone, begins, in_transaction };

  struct ClearResult {
    void operator()(pg_result* result) const;
  };
  using Result = std::unique_ptr<pg_result, ClearResult>;
  struct FinishConnection {
    void operator()(pg_conn* connection) const;
  };

  /// A statement under way; lives in the frame of the coroutine that awaits it.
  struct Request {
    std::string_view query;
    Deadline deadline;
    Query const* statement = nullptr;  ///< none of a control command
    Parameters const* parameters = nullptr;
    bool begins = false;
    bool prepares = false;
    int succeeded = 0;                             ///< of its commands: begin, prepare, execute
    std::optional<Deadline> cancelled_until = {};  ///< set when its cancel was sent
    bool is_complete = false;
    bool has_follower = false;  ///< before the same Sync
    bool is_undone = false;     ///< with all before the same Sync: to be sent again alone
    bool is_victim = false;     ///< cancelled by a request meant for an earlier one
    Result answer = {};         ///< of the last command that succeeded
    std::optional<ServerError> error = {};  ///< of the first that did not
    std::string broken = {};                ///< why the connection went instead
    Signal answered = {};
    bool was_prepared() const { return prepares && succeeded > (begins ? 1 : 0); }
    bool took_too_long() const { return error && error->sqlstate == "57014" && !is_victim; }
  };

  struct Prepared {
    std::string server_name;
    std::string sql;
    std::vector<std::uint32_t> types;
  };
  /// A statement's parameters as libpq takes them; kept to spare allocations.
  struct Arguments {
    std::vector<std::uint32_t> types;
    std::vector<char const*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    void set(Parameters const& parameters);
  };

  Task<Rows> execute(Query query, Parameters parameters, Context context);
  void submit(Request& request, Context context);
  void gather(Request& request);
  void send_gathered();
  bool is_prepared(Query const& query) const;
  bool send_command(char const* command);
  bool send_prepare(Query const& query);
  bool send_execute(Query const& query);
  void enqueue(Request& request, bool is_sent);
  static Result take_answer(Request& request);
  bool deserves_another_try(Request const& request) const;

  void watch();
  void flush();
  void on_readable();
  void collect_answers();
  void take_result(Request& request, Result result);
  void finish_front();
  void learn_from_error(Request& request);
  void learn_from_refusal(Request& request);
  void forget_prepared(std::string_view query);
  void rename_prepared();
  void deliver();
  void drop(std::string reason);
  void drop_later();
  void no_longer_ready();

  void schedule_deadline();
  void on_deadline();
  void expire(Request& front);

  Task<void> wait_for(Direction direction);
  Task<void> readable();
  Task<void> flushed();
  Task<Result> next_result();
  Task<void> start_copy(std::string sql, Copy kind);
  Task<Result> end_copy();
  [[noreturn]] void throw_unavailable() const;

  EventLoop& loop_;
  ConnectionSettings const settings_;
  std::unique_ptr<pg_conn, FinishConnection> connection_;
  SocketWatch watch_;
  bool is_ready_ = false;
  bool is_watching_ = false;
  bool is_flushing_ = false;
  std::string broken_;

  std::vector<Request*> gathered_;  ///< to be sent at the end of this turn
  std::deque<Request*> requests_;   ///< sent, in order, not answered
  int taken_ = 0;  ///< of those in front, whose results are here without their Sync
  std::vector<Request*> answered_;  ///< to be woken at the end of this turn
  int late_cancels_ = 0;            ///< sent, and not seen to have hit their statement
  std::map<std::string, Prepared, std::less<>> prepared_;
  std::map<std::string, ServerError, std::less<>> refused_;  ///< why it could not be prepared
  int generation_ = 0;  ///< part of server names once a prepared statement had to be replaced
  Arguments arguments_;

  Timer deadline_timer_;
  std::optional<Deadline> timer_set_for_;

  Copy copy_ = Copy::none;
  Deadline wait_deadline_{};  ///< of connecting and of COPY
  Signal* reader_ = nullptr;  ///< a coroutine that waits for the socket itself
  Signal* writer_ = nullptr;
};

}  // namespace insighta::postgres
