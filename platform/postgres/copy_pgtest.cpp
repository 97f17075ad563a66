#include "platform/async/when_all.hpp"
#include "platform/postgres/blocking_session.hpp"
#include "platform/postgres/things_pgtest.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace insighta::postgres {
namespace {

using namespace std::chrono_literals;

class CopyRows : public ThingsTest {
 protected:
  static constexpr Query copy_things{"test.copy_things",
                                     "copy test.things (id, name) from stdin (format csv)"};

  static std::string lines(int first, int last) {
    std::string text;
    for (int i = first; i < last; ++i) text += fmt::format("{},thing {}\n", i, i);
    return text;
  }
  static Task<std::string> read_all(Transaction& tx) {
    std::string text;
    while (auto const piece = co_await tx.copy_read()) text += *piece;
    co_return text;
  }
};

TEST_F(CopyRows, writes_and_reads_the_same) {
  auto const text = lines(0, 50'000);
  auto const read = await([](Database& on, std::string const& sent) -> Task<std::string> {
    auto tx = co_await on.begin_bulk();
    co_await tx.begin_copy_in(copy_things);
    for (std::size_t at = 0; at < sent.size(); at += 10'007) {
      co_await tx.copy_write(std::string_view(sent).substr(at, 10'007));
    }
    EXPECT_EQ(co_await tx.copy_finish(), 50'000);
    auto const rows = co_await tx.query(count_things);
    EXPECT_EQ(rows.single().get<std::int64_t>(0), 50'000);
    co_await tx.begin_copy_out("copy test.things to stdout (format csv)");
    auto const all = co_await read_all(tx);
    co_await tx.commit();
    co_return all;
  }(database(), text));
  EXPECT_EQ(read, text);
  EXPECT_EQ(count(), 50'000);
}

TEST_F(CopyRows, takes_one_piece_of_any_size_and_none) {
  auto const text = lines(0, 100'000);
  await([](Database& on, std::string const& sent) -> Task<void> {
    auto tx = co_await on.begin_bulk();
    co_await tx.begin_copy_in(copy_things);
    co_await tx.copy_write(sent);
    EXPECT_EQ(co_await tx.copy_finish(), 100'000);
    co_await tx.begin_copy_in(copy_things);
    EXPECT_EQ(co_await tx.copy_finish(), 0);
    co_await tx.begin_copy_out("copy (select 1 where false) to stdout");
    EXPECT_EQ(co_await tx.copy_read(), std::nullopt);
    co_await tx.commit();
  }(database(), text));
  EXPECT_EQ(count(), 100'000);
}

TEST_F(CopyRows, a_bad_row_is_a_failure_that_names_its_constraint) {
  insert(7, "seven");
  await([](Database& on) -> Task<void> {
    auto tx = co_await on.begin_bulk();
    co_await tx.begin_copy_in(copy_things);
    co_await tx.copy_write(lines(0, 5'000));
    std::string constraint;
    try {
      co_await tx.copy_finish();
    } catch (Failure const& failure) {
      constraint = failure.constraint();
    }
    EXPECT_EQ(constraint, "things_pkey");
    EXPECT_EQ(co_await outcome_of(tx.query(count_things)), "25P02");
  }(database()));
  EXPECT_EQ(count(), 1);
}

TEST_F(CopyRows, a_statement_that_cannot_copy_is_a_failure) {
  await([](Database& on) -> Task<void> {
    auto tx = co_await on.begin_bulk();
    std::string sqlstate;
    try {
      co_await tx.begin_copy_out("copy test.nothing to stdout");
    } catch (Failure const& failure) {
      sqlstate = failure.sqlstate();
    }
    EXPECT_EQ(sqlstate, "42P01");
  }(database()));
  EXPECT_EQ(await(outcome_of(database().query(Query{"", "copy test.things to stdout"}))), "0A000");
  EXPECT_EQ(count(), 0);
}

TEST_F(CopyRows, one_given_up_leaves_nothing_and_the_pool_whole) {
  auto settings = impatient();
  settings.bulk_connections = 1;
  settings.acquire_timeout = 2s;
  Database small(loop(), settings);
  await([](Database& on) -> Task<void> {
    for (int round = 0; round < 3; ++round) {
      auto in = co_await on.begin_bulk();
      co_await in.begin_copy_in(copy_things);
      co_await in.copy_write(lines(0, 1'000));
    }
    for (int round = 0; round < 3; ++round) {
      auto out = co_await on.begin_bulk();
      co_await out.begin_copy_out("copy (select generate_series(1, 1000000)) to stdout");
      EXPECT_TRUE(co_await out.copy_read());
    }
  }(small));
  EXPECT_EQ(count(), 0);
}

TEST_F(CopyRows, a_slow_reader_holds_the_server_back) {
  await([this]() -> Task<void> {
    auto tx = co_await database().begin_bulk();
    co_await tx.begin_copy_out(
        "copy (select repeat('x', 999) from generate_series(1, 20000)) to stdout");
    auto first = co_await tx.copy_read();
    BlockingSession observer(connection_string());
    auto const is_held_back = [&] {
      return !observer
                  .execute(
                      "select 1 from pg_stat_activity where wait_event = 'ClientWrite' and "
                      "datname = current_database()")
                  .empty();
    };
    for (int tries = 0; tries < 200 && !is_held_back(); ++tries) {
      co_await loop().sleep_for(5ms);
    }
    EXPECT_TRUE(is_held_back());
    auto const rest = co_await read_all(tx);
    EXPECT_EQ(first->size() + rest.size(), 20'000'000U);
    co_await tx.commit();
  }());
}

TEST_F(CopyRows, a_slow_server_holds_the_writer_back) {
  execute(
      "create function test.wait() returns trigger language plpgsql as $$ begin "
      "perform pg_advisory_xact_lock(1); return new; end $$;"
      "create trigger wait before insert on test.things for each row execute function "
      "test.wait();");
  await([this]() -> Task<void> {
    BlockingSession gate(connection_string());
    gate.execute("select pg_advisory_lock(1)");
    Settings settings = impatient();
    settings.lock_timeout = 20s;
    Database patient(loop(), settings);
    auto tx = co_await patient.begin_bulk();
    co_await tx.begin_copy_in(copy_things);
    int written = 0;
    auto const write = [](Transaction& on, int& pieces) -> Task<int> {
      for (; pieces < 50; ++pieces) {
        co_await on.copy_write(lines(pieces * 10'000, (pieces + 1) * 10'000));
      }
      co_return 0;
    };
    auto const open_later = [](EventLoop& on, int& pieces, BlockingSession& session) -> Task<int> {
      int seen = -1;
      while (std::exchange(seen, pieces) != pieces) co_await on.sleep_for(100ms);
      session.execute("select pg_advisory_unlock(1)");
      co_return seen;
    };
    auto const [done, stood_at] =
        co_await when_all(write(tx, written), open_later(loop(), written, gate));
    EXPECT_LT(stood_at, 25);
    EXPECT_EQ(co_await tx.copy_finish(), 500'000);
    co_await patient.close();
  }());
}

}  // namespace
}  // namespace insighta::postgres
