#include "platform/json/value.hpp"
#include "wiring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace insighta::embedded {
std::string_view openapi();
}

namespace insighta::api {
namespace {

using Operations = std::set<std::string>;

std::string lower(std::string_view word) {
  std::string text{word};
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// What the program answers, style sheets aside: they are parts of pages. Nothing is connected and
/// nothing served for this.
Operations answered() {
  Config config;
  config.address = "127.0.0.1";
  config.issuer = "http://localhost:8080";
  config.portal_url = "http://127.0.0.1:3000";
  config.key_encryption_key = std::string(32, 'k');
  config.database_url = config::Secret{"host=/nowhere"};
  config.port = 0;
  Doors const doors;
  SystemClock const clock;
  Shared shared(config, doors, clock);
  Worker const worker(shared, 0);
  Operations operations;
  for (auto const& [method, pattern] : worker.routes())
    if (!pattern.ends_with(".css")) operations.insert(lower(to_string(method)) + " " + pattern);
  return operations;
}

Operations documented() {
  auto const document = json::Value::parse(embedded::openapi()).value();
  Operations operations;
  for (auto const& [path, methods] : document.find("paths")->members())
    for (auto const& [method, operation] : methods.members())
      operations.insert(std::string{method} + " " + std::string{path});
  return operations;
}

TEST(OpenApi, tells_every_operation_and_no_other) {
  EXPECT_THAT(documented(), ::testing::ContainerEq(answered()));
}

}  // namespace
}  // namespace insighta::api
