// Not named postgres_test.cpp: that ending marks the tests of a module.
#include "platform/postgres/blocking_session.hpp"
#include "platform/testing/postgres_test.hpp"
#include "platform/testing/test_server.hpp"

namespace insighta::testing {

// A fixture whose constructor throws fails its test with the reason and never runs it.
PostgresTest::PostgresTest() : name_(TestServer::instance().create_database()) {
  postgres::Settings settings;
  settings.connection_string = connection_string();
  settings.application_name = "insighta tests";
  database_ = std::make_unique<postgres::Database>(loop_, settings);
}

PostgresTest::~PostgresTest() {
  loop_.run_until_done(database_->close());
  database_.reset();
  try {
    TestServer::instance().drop_database(name_);
  } catch (std::exception const& fault) {
    ADD_FAILURE() << "the test's database stays behind: " << fault.what();
  }
}

std::string PostgresTest::owner_connection_string() const {
  return connection_string("insighta_owner");
}

std::string PostgresTest::connection_string() const {
  return connection_string("insighta_api");
}

std::string PostgresTest::connection_string(std::string const& role) const {
  return TestServer::instance().connection_string(name_, role);
}

void PostgresTest::execute(std::string const& sql) {
  postgres::BlockingSession(owner_connection_string()).execute(sql);
}

}  // namespace insighta::testing
