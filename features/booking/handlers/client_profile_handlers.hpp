#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/client_profile_service.hpp"

#include <vector>

namespace insighta::booking {

/// What clients say of themselves.
class ClientProfileHandlers {
 public:
  ClientProfileHandlers(Commands& commands, ClientProfileService& profiles, Clock const& clock)
      : commands_(commands), profiles_(profiles), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> get_mine(http::Request& request, identity::Actor const& actor);
  Task<http::Response> put_mine(http::Request& request, identity::Actor const& actor);
  Task<http::Response> get(http::Request& request, identity::Actor const& actor);

  Commands& commands_;
  ClientProfileService& profiles_;
  Clock const& clock_;
};

}  // namespace insighta::booking
