#include "platform/postgres/database.hpp"

#include "platform/postgres/pool.hpp"
#include "platform/postgres/server_error.hpp"
#include "platform/postgres/shared_connection.hpp"
#include "platform/postgres/statement_metrics.hpp"
#include "platform/postgres/transaction_session.hpp"

#include <random>
#include <utility>

namespace insighta::postgres {

namespace {

constexpr Query probe{"", "select 1"};
constexpr int most_repetitions = 3;

/// Between two statements of one transaction the program only computes.
constexpr std::chrono::seconds idle_in_transaction_timeout{15};

bool may_succeed_again(Failure const& failure) {
  return failure.is_transient() || dynamic_cast<LostStatement const*>(&failure) != nullptr;
}

ConnectionSettings connection_settings(Settings const& settings, std::string kind,
                                       std::shared_ptr<StatementMetrics> metrics) {
  bool const is_bulk = kind == "bulk";
  return {settings.connection_string,
          settings.application_name,
          std::move(kind),
          settings.connect_timeout,
          is_bulk ? settings.bulk_statement_timeout : settings.statement_timeout,
          is_bulk ? settings.bulk_lock_timeout : settings.lock_timeout,
          idle_in_transaction_timeout,
          std::move(metrics)};
}

Task<Transaction> begin_on(std::shared_ptr<Pool> pool) {
  co_return Transaction(std::make_unique<TransactionSession>(co_await pool->take()));
}

}  // namespace

struct Database::State {
  State(EventLoop& on, Settings const& settings, std::shared_ptr<StatementMetrics> const& metrics)
      : loop(on),
        single(std::make_shared<SharedConnection>(
            on, connection_settings(settings, "shared", metrics))),
        transactions(
            std::make_shared<Pool>(on, connection_settings(settings, "transaction", metrics),
                                   settings.transaction_connections, settings.acquire_timeout)),
        bulk(std::make_shared<Pool>(on, connection_settings(settings, "bulk", metrics),
                                    settings.bulk_connections, settings.acquire_timeout)) {}

  void close() {
    single->close();
    transactions->close();
    bulk->close();
  }
  /// Short, growing and never the same for two who were in each other's way.
  std::chrono::microseconds pause_before_repetition(int repetition) {
    std::uniform_int_distribution<int> jitter(2'000, 20'000);
    return std::chrono::microseconds{jitter(random) << repetition};
  }

  EventLoop& loop;
  // Shared with the calls under way, which may outlive the Database by a turn of the loop.
  std::shared_ptr<SharedConnection> single;
  std::shared_ptr<Pool> transactions;
  std::shared_ptr<Pool> bulk;
  std::minstd_rand random{std::random_device{}()};
};

Database::Database(EventLoop& loop, Settings settings, metrics::Registry* metrics)
    : state_(std::make_unique<State>(
          loop, settings, metrics ? std::make_shared<StatementMetrics>(*metrics) : nullptr)) {}

Database::~Database() {
  state_->close();
}

Task<Rows> Database::query(Query const& query, Parameters parameters) {
  return state_->single->run(query, std::move(parameters));
}

Task<Transaction> Database::begin() {
  return begin_on(state_->transactions);
}

Task<Transaction> Database::begin_bulk() {
  return begin_on(state_->bulk);
}

Task<bool> Database::is_reachable() {
  try {
    co_await query(probe);
    co_return true;
  } catch (Unavailable const&) {
    co_return false;
  }
}

Task<void> Database::close() {
  state_->close();
  co_return;
}

Task<void> Database::run_erased(std::function<Task<bool>(Transaction&)> body) {
  for (int repetition = 0;; ++repetition) {
    if (co_await attempt(body, repetition < most_repetitions)) co_return;
    co_await state_->loop.sleep_for(state_->pause_before_repetition(repetition));
  }
}

/// False: nothing of it stayed, and it may succeed when run again.
Task<bool> Database::attempt(std::function<Task<bool>(Transaction&)> const& body,
                             bool may_be_repeated) {
  auto transaction = co_await begin();
  std::exception_ptr fault;
  bool is_transient = false;
  try {
    if (co_await body(transaction)) {
      co_await transaction.commit();
      co_return true;
    }
  } catch (Failure const& failure) {
    fault = std::current_exception();
    is_transient = may_succeed_again(failure);
  } catch (...) {
    fault = std::current_exception();
  }
  // Waited for, so that whoever gets the answer finds the locks gone.
  co_await transaction.rollback();
  if (!fault) co_return true;
  if (is_transient && may_be_repeated) co_return false;
  // Others were in its way every time: a matter of load, like a lock that nobody lets go.
  if (is_transient) throw Unavailable("a transaction met others in its way again and again");
  std::rethrow_exception(fault);
}

std::string quote_literal(std::string_view text) {
  std::string quoted = "'";
  for (char const letter : text) {
    if (letter == '\'') quoted += '\'';
    quoted += letter;
  }
  quoted += '\'';
  return quoted;
}

}  // namespace insighta::postgres
