#pragma once

#include "platform/testing/postgres_test.hpp"

#include <string>

namespace insighta::postgres {

/// A database with one table to play with.
class ThingsTest : public insighta::testing::PostgresTest {
 protected:
  static constexpr Query echo_number{"test.echo_number", "select $1::int4"};
  static constexpr Query sleep{"test.sleep", "select pg_sleep($1)"};
  static constexpr Query insert_thing{"test.insert_thing",
                                      "insert into test.things (id, name) values ($1, $2)"};
  static constexpr Query rename_thing{"test.rename_thing",
                                      "update test.things set name = $2 where id = $1"};
  static constexpr Query find_thing{"test.find_thing",
                                    "select name from test.things where id = $1"};
  static constexpr Query count_things{"test.count_things", "select count(*) from test.things"};

  ThingsTest() {
    execute(
        "create schema test;"
        "create table test.things ("
        "  id int4 primary key,"
        "  name text not null constraint thing_name_short check (length(name) <= 20));"
        "grant usage on schema test to insighta_api;"
        "grant select, insert, update, delete on test.things to insighta_api;");
  }

  /// How a call ended: ok, unavailable, or the SQL state of a failure.
  static Task<std::string> outcome_of(Task<Rows> call) {
    try {
      co_await std::move(call);
      co_return "ok";
    } catch (Failure const& failure) {
      co_return failure.sqlstate();
    } catch (Unavailable const&) {
      co_return "unavailable";
    }
  }

  /// For tests that wait for a limit.
  Settings impatient() const {
    Settings settings;
    settings.connection_string = connection_string();
    settings.application_name = "insighta impatient";
    settings.statement_timeout = std::chrono::milliseconds{300};
    settings.lock_timeout = std::chrono::milliseconds{100};
    settings.acquire_timeout = std::chrono::milliseconds{100};
    settings.transaction_connections = 1;
    return settings;
  }

  std::int64_t count() {
    return await(database().query(count_things)).single().get<std::int64_t>(0);
  }
  std::string name_of(int id) {
    auto const rows = await(database().query(find_thing, Parameters(id)));
    return rows.is_empty() ? "" : rows.single().get<std::string>(0);
  }
  void insert(int id, std::string const& name) {
    await(database().query(insert_thing, Parameters(id, name)));
  }
};

}  // namespace insighta::postgres
