#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/plan_service.hpp"

#include <vector>

namespace insighta::booking {

/// What can be bought: everybody sees it, admins change it.
class PlanHandlers {
 public:
  PlanHandlers(Commands& commands, PlanService& plans, Clock const& clock)
      : commands_(commands), plans_(plans), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> list(http::Request& request, identity::Actor const& actor);
  Task<http::Response> add(http::Request& request, identity::Actor const& actor);
  Task<http::Response> change(http::Request& request, identity::Actor const& actor);

  Commands& commands_;
  PlanService& plans_;
  Clock const& clock_;
};

}  // namespace insighta::booking
