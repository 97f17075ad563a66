#include "platform/outcome/ensure.hpp"
#include "platform/postgres/connection.hpp"
#include "platform/postgres/failure.hpp"
#include "platform/postgres/transaction_session.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <utility>

// The statements of a connection: sending them into the pipeline and sorting the answers out.
namespace insighta::postgres {

using std::chrono::steady_clock;

namespace {

/// The server's own limit comes first: it stops exactly the statement that took too long, while a
/// cancel request from here stops whatever runs when it arrives.
constexpr std::chrono::milliseconds behind_the_server{250};

}  // namespace

Task<Rows> Connection::run(Query query, Parameters parameters) {
  return execute(query, std::move(parameters), Context::gathered);
}

Task<Rows> Connection::run_behind_begin(Query query, Parameters parameters) {
  return execute(query, std::move(parameters), Context::begins);
}

Task<Rows> Connection::run_in_transaction(Query query, Parameters parameters) {
  return execute(query, std::move(parameters), Context::in_transaction);
}

Task<Rows> Connection::execute(Query query, Parameters parameters, Context context) {
  auto const self = shared_from_this();
  bool may_repeat = context == Context::gathered;
  for (;;) {
    auto const started = steady_clock::now();
    auto const deadline = started + settings_.statement_timeout + behind_the_server;
    Request request{query.name, deadline, &query, &parameters, context == Context::begins};
    submit(request, context);
    co_await request.answered;
    if (settings_.metrics) {
      settings_.metrics->statement_took(query.name, steady_clock::now() - started);
    }
    if (std::exchange(context, Context::alone) == Context::gathered && request.is_undone) continue;
    if (!std::exchange(may_repeat, false) || !deserves_another_try(request)) {
      co_return Rows(take_answer(request).release());
    }
  }
}

Task<std::string> Connection::control(char const* command, std::chrono::milliseconds timeout) {
  auto const self = shared_from_this();
  if (!is_open()) throw_unavailable();
  send_gathered();
  Request request{command, steady_clock::now() + timeout};
  enqueue(request, send_command(command));
  co_await request.answered;
  co_return PQcmdStatus(take_answer(request).get());
}

void Connection::Arguments::set(Parameters const& parameters) {
  types.clear();
  values.clear();
  lengths.clear();
  for (auto const& value : parameters.values_) {
    types.push_back(value.type);
    values.push_back(value.is_null ? nullptr : value.bytes.data());
    lengths.push_back(static_cast<int>(value.bytes.size()));
  }
  formats.resize(types.size(), 1);
}

void Connection::submit(Request& request, Context context) {
  if (!is_open()) throw_unavailable();
  auto const& query = *request.statement;
  arguments_.set(*request.parameters);
  request.prepares = !is_prepared(query);
  bool const may_share = context == Context::gathered || context == Context::in_transaction;
  if (may_share && !request.prepares && !query.name.empty()) return gather(request);
  send_gathered();  // what came before goes before
  arguments_.set(*request.parameters);
  bool const is_sent = (!request.begins || send_command(begin_transaction)) &&
                       (!request.prepares || send_prepare(query)) && send_execute(query);
  enqueue(request, is_sent);
}

void Connection::gather(Request& request) {
  gathered_.push_back(&request);
  if (gathered_.size() > 1) return;
  loop_.post([self = weak_from_this()] {
    if (auto const connection = self.lock()) connection->send_gathered();
  });
}

/// What came in one turn of the loop goes out in one message, with one Sync: one system call here,
/// and one answer there. To the server it is one transaction, or a part of one; when a statement
/// fails nothing of it has happened, and those that were no part of one are sent again alone.
void Connection::send_gathered() {
  if (!is_open() || gathered_.empty()) return;
  bool is_sent = true;
  Request* last = nullptr;
  for (auto* const request : std::exchange(gathered_, {})) {
    // Since it came, an answer may have shown that its preparation is gone; then the server says
    // so.
    arguments_.set(*request->parameters);
    is_sent = is_sent && send_execute(*request->statement);
    if (last) last->has_follower = true;
    requests_.push_back(last = request);
  }
  if (last && (!is_sent || PQpipelineSync(connection_.get()) != 1)) drop_later();
  flush();
  schedule_deadline();
}

bool Connection::is_prepared(Query const& query) const {
  if (query.name.empty()) return true;
  auto const known = prepared_.find(query.name);
  if (known == prepared_.end()) return false;
  ensure(known->second.sql == query.sql && known->second.types == arguments_.types,
         "one name for two statements, or one statement with two lists of types");
  return true;
}

bool Connection::send_command(char const* command) {
  return PQsendQueryParams(connection_.get(), command, 0, nullptr, nullptr, nullptr, nullptr, 1) ==
         1;
}

/// Remembers the statement before the server has confirmed it, so that those that follow at once
/// need not prepare it too.
bool Connection::send_prepare(Query const& query) {
  auto server_name =
      generation_ == 0 ? std::string(query.name) : fmt::format("{}/{}", query.name, generation_);
  auto const& statement = prepared_
                              .insert_or_assign(std::string(query.name),
                                                Prepared{std::move(server_name),
                                                         std::string(query.sql), arguments_.types})
                              .first->second;
  return PQsendPrepare(connection_.get(), statement.server_name.c_str(), statement.sql.c_str(),
                       static_cast<int>(arguments_.types.size()), arguments_.types.data()) == 1;
}

bool Connection::send_execute(Query const& query) {
  auto const count = static_cast<int>(arguments_.types.size());
  if (query.name.empty()) {
    std::string const sql(query.sql);
    return PQsendQueryParams(connection_.get(), sql.c_str(), count, arguments_.types.data(),
                             arguments_.values.data(), arguments_.lengths.data(),
                             arguments_.formats.data(), 1) == 1;
  }
  auto const known = prepared_.find(query.name);
  auto const name = known == prepared_.end() ? std::string(query.name) : known->second.server_name;
  return PQsendQueryPrepared(connection_.get(), name.c_str(), count, arguments_.values.data(),
                             arguments_.lengths.data(), arguments_.formats.data(), 1) == 1;
}

/// Ends a request's commands with its Sync. libpq 15 writes to the socket at every Sync; what the
/// socket does not take is written when it can.
void Connection::enqueue(Request& request, bool is_sent) {
  if (!is_sent || PQpipelineSync(connection_.get()) != 1) {
    auto reason = connection_message(connection_.get());
    drop_later();
    throw Unavailable(fmt::format("the database is away: {}", reason));
  }
  requests_.push_back(&request);
  flush();
  schedule_deadline();
}

Connection::Result Connection::take_answer(Request& request) {
  if (!request.broken.empty()) {
    throw Unavailable(fmt::format("the database is away: {}", request.broken));
  }
  if (request.error) std::rethrow_exception(to_exception(*request.error, request.query));
  return std::move(request.answer);
}

/// Both cases failed before they had any effect.
bool Connection::deserves_another_try(Request const& request) const {
  if (!request.error || !is_open() || steady_clock::now() >= request.deadline) return false;
  return request.error->lost_its_statement || request.is_victim;
}

/// Takes what has arrived, as far as it is whole.
void Connection::collect_answers() {
  bool is_between_commands = false;
  while (is_ready_ && !requests_.empty() && PQisBusy(connection_.get()) == 0) {
    Result result(PQgetResult(connection_.get()));
    if (!result) {
      // One null ends a command; two say that libpq has nothing while we still wait.
      if (std::exchange(is_between_commands, true)) return;
      continue;
    }
    is_between_commands = false;
    take_result(*requests_[taken_], std::move(result));
  }
}

void Connection::take_result(Request& request, Result result) {
  switch (PQresultStatus(result.get())) {
    case PGRES_PIPELINE_SYNC:
      return finish_front();
    case PGRES_PIPELINE_ABORTED:
      if (!request.error)
        request.error = ServerError{behind_a_failed_one, "one sent before it failed", ""};
      break;
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
      ++request.succeeded;
      request.answer = std::move(result);
      break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
      request.error = ServerError{"0A000", "COPY has calls of its own", ""};
      return drop_later();
    default:
      if (!request.error) request.error = read_error(result.get());
  }
  // One that others follow before the Sync is a single command.
  if (request.has_follower) ++taken_;
}

/// The Sync of the request in front, and of those gathered with it, was answered.
void Connection::finish_front() {
  auto const end = requests_.begin() + std::exchange(taken_, 0) + 1;
  bool const is_undone =
      end - requests_.begin() > 1 && std::any_of(requests_.begin(), end, [](auto const* request) {
        return request->error.has_value();
      });
  for (auto each = requests_.begin(); each != end; ++each) {
    auto& request = **each;
    request.is_complete = true;
    if (request.was_prepared()) refused_.erase(std::string(request.query));
    if (request.error) learn_from_error(request);
    request.is_undone = is_undone && !request.took_too_long();
    answered_.push_back(&request);
  }
  requests_.erase(requests_.begin(), end);
}

void Connection::learn_from_error(Request& request) {
  auto const& sqlstate = request.error->sqlstate;
  if (sqlstate == "57014" && late_cancels_ > 0) {
    --late_cancels_;
    request.is_victim = !request.cancelled_until;
  }
  // The next connection finds the primary.
  if (sqlstate == read_only_server) return drop_later();
  if (request.prepares && !request.was_prepared()) return learn_from_refusal(request);
  if (sqlstate == "26000") {
    // Behind a prepare that was refused: it failed of the same.
    auto const refusal = refused_.find(request.query);
    if (refusal != refused_.end()) {
      *request.error = refusal->second;
      return;
    }
    request.error->lost_its_statement = true;
    forget_prepared(request.query);
  } else if (sqlstate == "0A000" && request.error->message.starts_with("cached plan")) {
    request.error->lost_its_statement = true;
    rename_prepared();
  }
}

/// The server refused to prepare a statement.
void Connection::learn_from_refusal(Request& request) {
  if (request.error->sqlstate == "42P05") {
    request.error->lost_its_statement = true;
    return rename_prepared();
  }
  refused_.insert_or_assign(std::string(request.query), *request.error);
  forget_prepared(request.query);
}

void Connection::forget_prepared(std::string_view query) {
  auto const known = prepared_.find(query);
  if (known != prepared_.end()) prepared_.erase(known);
}

/// A name on the server cannot be given twice: after a change of columns all get new ones.
void Connection::rename_prepared() {
  ++generation_;
  prepared_.clear();
}

}  // namespace insighta::postgres
