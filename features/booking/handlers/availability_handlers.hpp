#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/availability_service.hpp"

#include <vector>

namespace insighta::booking {

/// A trainer's own working times, and the slots of any trainer.
class AvailabilityHandlers {
 public:
  AvailabilityHandlers(Commands& commands, AvailabilityService& availability, Clock const& clock)
      : commands_(commands), availability_(availability), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> get_mine(http::Request& request, identity::Actor const& actor);
  Task<http::Response> replace_rules(http::Request& request, identity::Actor const& actor);
  Task<http::Response> add_exception(http::Request& request, identity::Actor const& actor);
  Task<http::Response> remove_exception(http::Request& request, identity::Actor const& actor);
  Task<http::Response> add_time_off(http::Request& request, identity::Actor const& actor);
  Task<http::Response> remove_time_off(http::Request& request, identity::Actor const& actor);
  Task<http::Response> slots(http::Request& request, identity::Actor const& actor);

  Commands& commands_;
  AvailabilityService& availability_;
  Clock const& clock_;
};

}  // namespace insighta::booking
