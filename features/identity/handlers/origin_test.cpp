#include "identity/handlers/origin.hpp"

#include <gtest/gtest.h>

namespace insighta::identity {
namespace {

http::Request a_request() {
  http::Request request;
  request.peer_address = "192.0.2.1";
  request.headers.set("User-Agent", "portal/1");
  request.headers.set("X-Person-Address", "2001:DB8::7");
  request.headers.set("X-Person-User-Agent", "Firefox");
  return request;
}

Client a_client(std::string_view id, bool is_confidential) {
  Client client;
  client.id = id;
  client.is_confidential = is_confidential;
  return client;
}

TEST(Origin, keeps_of_a_user_agent_what_can_be_stored_and_shown) {
  auto request = a_request();
  request.headers.set("User-Agent", "caf\xe9/1 \xf0\x9f\x98" + std::string(300, 'x'));
  auto const origin = origin_of_request(request);
  EXPECT_EQ(origin.address, "192.0.2.1");
  EXPECT_EQ(origin.user_agent.substr(0, 10), "caf?/1 ???");
  EXPECT_EQ(origin.user_agent.size(), 200u);
}

TEST(Origin, is_the_person_for_whom_the_portal_calls) {
  auto const origin = origin_of_call(a_request(), a_client(portal_client, true));
  EXPECT_EQ(origin.address, "2001:db8::7");
  EXPECT_EQ(origin.user_agent, "Firefox");
}

TEST(Origin, is_believed_nobody_else) {
  for (auto const& client :
       {a_client("another", true), a_client(cli_client, false), a_client(portal_client, false)}) {
    auto const origin = origin_of_call(a_request(), client);
    EXPECT_EQ(origin.address, "192.0.2.1");
    EXPECT_EQ(origin.user_agent, "portal/1");
  }
}

TEST(Origin, is_the_portal_when_it_names_no_address) {
  auto request = a_request();
  request.headers.set("X-Person-Address", "somewhere");
  auto const origin = origin_of_call(request, a_client(portal_client, true));
  EXPECT_EQ(origin.address, "192.0.2.1");
  EXPECT_EQ(origin.user_agent, "portal/1");
}

}  // namespace
}  // namespace insighta::identity
