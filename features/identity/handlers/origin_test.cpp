#include "identity/handlers/origin.hpp"

#include <gtest/gtest.h>

namespace insighta::identity {
namespace {

TEST(Origin, keeps_of_a_user_agent_what_can_be_stored_and_shown) {
  http::Request request;
  request.peer_address = "192.0.2.1";
  request.headers.set("User-Agent", "caf\xe9/1 \xf0\x9f\x98" + std::string(300, 'x'));
  auto const origin = origin_of_request(request);
  EXPECT_EQ(origin.address, "192.0.2.1");
  EXPECT_EQ(origin.user_agent.substr(0, 10), "caf?/1 ???");
  EXPECT_EQ(origin.user_agent.size(), 200u);
}

}  // namespace
}  // namespace insighta::identity
