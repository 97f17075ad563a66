#pragma once

#include "platform/postgres/blocking_session.hpp"

#include <string>

namespace insighta::testing {

/// The server that tests run on: makes the template once per process, clones it for each test and
/// drops both. Leftovers of killed runs go when the next one starts.
class TestServer {
 public:
  /// Throws when INSIGHTA_TEST_DATABASE is not set or the server is away.
  static TestServer& instance();
  ~TestServer();

  /// Gives the new database's name.
  std::string create_database();
  void drop_database(std::string const& name);
  std::string connection_string(std::string const& database, std::string const& role) const;

 private:
  explicit TestServer(std::string connection_string);
  void drop_leftovers();
  void create_template();

  std::string const connection_string_;
  postgres::BlockingSession session_;
  std::string const template_;
  int databases_ = 0;
};

}  // namespace insighta::testing
