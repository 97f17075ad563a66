#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/discovery_service.hpp"

#include <vector>

namespace insighta::booking {

/// Discovery calls: make, look at, move, cancel, close.
class DiscoveryHandlers {
 public:
  DiscoveryHandlers(Commands& commands, DiscoveryService& calls, Clock const& clock)
      : commands_(commands), calls_(calls), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  using Request = http::Request;
  using Response = http::Response;
  using Actor = identity::Actor;

  Task<Response> list(Request& request, Actor const& actor);
  Task<Response> book(Request& request, Actor const& actor);
  Task<Response> get(Request& request, Actor const& actor);
  Task<Response> reschedule(Request& request, Actor const& actor);
  Task<Response> cancel(Request& request, Actor const& actor);
  Task<Response> complete(Request& request, Actor const& actor);
  Task<Response> report_no_show(Request& request, Actor const& actor);
  Task<Response> restore(Request& request, Actor const& actor);

  Commands& commands_;
  DiscoveryService& calls_;
  Clock const& clock_;
};

}  // namespace insighta::booking
