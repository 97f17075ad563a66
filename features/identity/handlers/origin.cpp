#include "identity/handlers/origin.hpp"

#include "platform/http/peer_address.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

constexpr std::string_view person_address = "X-Person-Address";
constexpr std::string_view person_user_agent = "X-Person-User-Agent";
constexpr std::size_t max_user_agent = 200;

std::string label_of(std::string_view user_agent) {
  std::string label{user_agent.substr(0, max_user_agent)};
  std::ranges::replace_if(label, [](char c) { return c < ' ' || c > '~'; }, '?');
  return label;
}

}  // namespace

Origin origin_of_request(http::Request const& request) {
  return {.address = request.peer_address,
          .user_agent = label_of(request.header("User-Agent")),
          .request_id = request.id};
}

bool speaks_for_person(http::Request const& request, Client const& client) {
  return client.is_confidential && client.id == portal_client &&
         http::parse_ip_address(request.header(person_address)).has_value();
}

Origin origin_of_call(http::Request const& request, Client const& client) {
  if (!speaks_for_person(request, client)) return origin_of_request(request);
  return {.address = *http::parse_ip_address(request.header(person_address)),
          .user_agent = label_of(request.header(person_user_agent)),
          .request_id = request.id};
}

}  // namespace insighta::identity
