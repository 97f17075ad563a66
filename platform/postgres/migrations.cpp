#include "platform/postgres/migrations.hpp"

#include "platform/postgres/blocking_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

namespace insighta::postgres {

namespace {

struct Migration {
  std::string name;  ///< of the file, without its ending
  std::string sql;
  std::string checksum;
};

/// Name -> checksum of those that the database has.
using History = std::map<std::string, std::string>;

constexpr auto lock_history = "select pg_advisory_lock(5291708563014)";

constexpr auto create_history =
    "create schema if not exists migrations;"
    "create table if not exists migrations.applied ("
    "  name text primary key,"
    "  checksum text not null,"
    "  applied_at timestamptz not null default now());"
    // Programs look, as whichever role they serve, whether the schema is the one they expect.
    "grant usage on schema migrations to public;"
    "grant select on migrations.applied to public;";

bool is_migration_name(std::string_view name) {
  auto const is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  return name.size() > 5 && std::ranges::all_of(name.substr(0, 4), is_digit) && name[4] == '_';
}

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) throw std::runtime_error(fmt::format("{} cannot be read", path.string()));
  return text;
}

/// Gaps are numbers reserved for work that has not landed; two with one number have no order.
void require_distinct_numbers(std::vector<Migration> const& migrations) {
  auto const number = [](Migration const& migration) { return migration.name.substr(0, 4); };
  auto const twin = std::ranges::adjacent_find(migrations, {}, number);
  if (twin == migrations.end()) return;
  throw std::runtime_error(
      fmt::format("migrations {} and {} have the same number", twin->name, std::next(twin)->name));
}

/// In order of number. The server computes the checksums.
std::vector<Migration> read_folder(BlockingSession& session, std::filesystem::path const& folder) {
  std::vector<Migration> migrations;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".sql") continue;
    auto name = entry.path().stem().string();
    if (!is_migration_name(name)) {
      throw std::runtime_error(fmt::format("{}.sql is not named NNNN_what_it_does", name));
    }
    auto sql = read_file(entry.path());
    auto const answer =
        session.query("select encode(sha256(convert_to($1::text, 'UTF8')), 'hex')", {sql});
    migrations.push_back({std::move(name), std::move(sql), answer.at(0).at(0)});
  }
  std::ranges::sort(migrations, {}, &Migration::name);
  require_distinct_numbers(migrations);
  return migrations;
}

History read_history(BlockingSession& session) {
  History history;
  auto const exists =
      session.execute("select coalesce(to_regclass('migrations.applied')::text, '')");
  if (exists.at(0).at(0).empty()) return history;
  for (auto const& row : session.execute("select name, checksum from migrations.applied")) {
    history.emplace(row.at(0), row.at(1));
  }
  return history;
}

/// The history must be a beginning of the folder, word for word.
void require_agreement(std::vector<Migration> const& migrations, History history) {
  bool is_past_the_history = false;
  for (auto const& migration : migrations) {
    auto const applied = history.find(migration.name);
    if (applied == history.end()) {
      is_past_the_history = true;
      continue;
    }
    if (applied->second != migration.checksum) {
      throw std::runtime_error(fmt::format(
          "migration {} was edited after it was applied; write a new one", migration.name));
    }
    if (is_past_the_history) {
      throw std::runtime_error(
          fmt::format("migration {} was applied before one with a lower number", migration.name));
    }
    history.erase(applied);
  }
  if (history.empty()) return;
  throw std::runtime_error(fmt::format(
      "the database has migration {}, which this program does not know: it is older than the "
      "database's schema",
      history.begin()->first));
}

void apply(BlockingSession& session, Migration const& migration) {
  try {
    session.execute("begin");
    session.execute(migration.sql);
    if (!session.is_in_transaction()) {
      throw std::runtime_error("it ends its own transaction");
    }
    session.query("insert into migrations.applied (name, checksum) values ($1, $2)",
                  {migration.name, migration.checksum});
    session.execute("commit");
  } catch (Failure const& failure) {
    session.execute("rollback");
    throw Failure(fmt::format("migration {}: {}", migration.name, failure.what()),
                  failure.sqlstate(), failure.constraint());
  } catch (std::runtime_error const& fault) {
    throw std::runtime_error(fmt::format("migration {}: {}", migration.name, fault.what()));
  }
}

}  // namespace

MigrationReport migrate(std::string const& connection_string, std::filesystem::path const& folder) {
  BlockingSession session(connection_string);
  // Held until the session ends; whoever comes second finds everything done.
  session.execute(lock_history);
  session.execute(create_history);
  auto const migrations = read_folder(session, folder);
  auto const history = read_history(session);
  require_agreement(migrations, history);
  MigrationReport report;
  report.already_there = history.size();
  for (auto const& migration : migrations) {
    if (history.contains(migration.name)) continue;
    apply(session, migration);
    report.applied.push_back(migration.name);
  }
  return report;
}

std::vector<std::string> pending_migrations(std::string const& connection_string,
                                            std::filesystem::path const& folder) {
  BlockingSession session(connection_string);
  auto const migrations = read_folder(session, folder);
  auto const history = read_history(session);
  require_agreement(migrations, history);
  std::vector<std::string> pending;
  for (auto const& migration : migrations) {
    if (!history.contains(migration.name)) pending.push_back(migration.name);
  }
  return pending;
}

}  // namespace insighta::postgres
