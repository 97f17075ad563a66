#include "platform/testing/test_server.hpp"

#include "platform/postgres/migrations.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <unistd.h>

namespace insighta::testing {

namespace {

constexpr std::string_view prefix = "insighta_test_";

std::filesystem::path const database_folder{INSIGHTA_DATABASE_FOLDER};

std::string server_from_environment() {
  char const* const value = std::getenv("INSIGHTA_TEST_DATABASE");
  if (value != nullptr && *value != '\0') return value;
  throw std::runtime_error(
      "INSIGHTA_TEST_DATABASE is not set: tests on PostgreSQL need the connection string of a "
      "superuser on a server made for them; ./dev test starts one and sets it");
}

std::string roles_sql() {
  std::ifstream file(database_folder / "roles.sql");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Databases carry the number of the process that made them.
bool is_of_a_dead_process(std::string_view name) {
  name.remove_prefix(prefix.size());
  int process = 0;
  std::from_chars(name.data(), name.data() + name.size(), process);
  return process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
}

}  // namespace

TestServer& TestServer::instance() {
  static TestServer server(server_from_environment());
  return server;
}

TestServer::TestServer(std::string connection_string)
    : connection_string_(std::move(connection_string)),
      session_(connection_string_),
      template_(fmt::format("{}{}_template", prefix, ::getpid())) {
  session_.execute("set client_min_messages = warning");
  drop_leftovers();
  create_template();
}

TestServer::~TestServer() {
  try {
    session_.execute(fmt::format("alter database {} is_template false", template_));
    drop_database(template_);
  } catch (std::exception const& fault) {
    fmt::print(stderr, "the template {} stays behind: {}\n", template_, fault.what());
  }
}

std::string TestServer::create_database() {
  auto name = fmt::format("{}{}_{}", prefix, ::getpid(), ++databases_);
  session_.execute(
      fmt::format("create database {} template {} owner insighta_owner", name, template_));
  return name;
}

void TestServer::drop_database(std::string const& name) {
  session_.execute(fmt::format("drop database if exists {} with (force)", name));
}

std::string TestServer::connection_string(std::string const& database,
                                          std::string const& role) const {
  return postgres::with_keywords(connection_string_, {{"dbname", database}, {"user", role}});
}

void TestServer::drop_leftovers() {
  auto const names =
      session_.query("select datname from pg_database where starts_with(datname, $1) order by 1",
                     {std::string(prefix)});
  for (auto const& row : names) {
    if (!is_of_a_dead_process(row.at(0))) continue;
    try {
      session_.execute(fmt::format("alter database {} is_template false", row.at(0)));
      drop_database(row.at(0));
    } catch (std::exception const&) {
      // Another run that starts now was faster.
    }
  }
}

void TestServer::create_template() {
  // One at a time: two that create the same role at once would fail.
  session_.execute("select pg_advisory_lock(5291708563015)");
  session_.execute(roles_sql());
  session_.execute("select pg_advisory_unlock(5291708563015)");
  session_.execute(
      fmt::format("create database {} template template0 owner insighta_owner", template_));
  postgres::migrate(connection_string(template_, "insighta_owner"), database_folder / "migrations");
  session_.execute(fmt::format("alter database {} is_template true", template_));
}

}  // namespace insighta::testing
