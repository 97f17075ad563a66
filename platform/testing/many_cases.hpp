#pragma once

#include <gtest/gtest.h>

// Behind gtest, which it does not include.
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace insighta::testing {

/// What rules of money and time are checked with: `property` holds in 10,000 cases, where
/// RC_GTEST_PROP takes 100. Fails the test that calls it, with the smallest case that breaks it.
template <class Property>
void holds_in_many_cases(Property&& property) {
  constexpr int cases = 10'000;
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = std::max(params.maxSuccess, cases);
  auto const* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = test->name();
  auto const result = rc::detail::checkTestable(std::forward<Property>(property), metadata, params);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << message.str();
}

}  // namespace insighta::testing
