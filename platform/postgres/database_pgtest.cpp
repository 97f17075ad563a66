#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/testing/postgres_test.hpp"

#include <gtest/gtest.h>

namespace insighta::postgres {
namespace {

using testing::PostgresTest;

constexpr Query echo_number{"test.echo_number", "select $1::int4"};

class RunStatement : public PostgresTest {};

TEST_F(RunStatement, gives_back_what_it_was_given) {
  auto const rows = await(database().query(echo_number, Parameters(42)));
  EXPECT_EQ(rows.single().get<std::int32_t>(0), 42);
}

TEST_F(RunStatement, answers_a_thousand_at_once_each_with_its_own) {
  std::vector<Task<Rows>> tasks;
  for (int i = 0; i < 1'000; ++i) {
    tasks.push_back(database().query(echo_number, Parameters(i)));
  }
  auto const answers = await(when_all(std::move(tasks)));
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_EQ(answers[static_cast<std::size_t>(i)].single().get<std::int32_t>(0), i);
  }
}

}  // namespace
}  // namespace insighta::postgres
