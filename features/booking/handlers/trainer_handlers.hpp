#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/trainer_service.hpp"

#include <vector>

namespace insighta::booking {

/// Trainers: applying, their terms, and what admins decide.
class TrainerHandlers {
 public:
  TrainerHandlers(Commands& commands, TrainerService& trainers, Clock const& clock)
      : commands_(commands), trainers_(trainers), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> list(http::Request& request, identity::Actor const& actor);
  Task<http::Response> apply(http::Request& request, identity::Actor const& actor);
  Task<http::Response> get(http::Request& request, identity::Actor const& actor);
  Task<http::Response> change(http::Request& request, identity::Actor const& actor);
  Task<http::Response> approve(http::Request& request, identity::Actor const& actor);
  Task<http::Response> reject(http::Request& request, identity::Actor const& actor);
  Task<http::Response> suspend(http::Request& request, identity::Actor const& actor);
  Task<http::Response> decide(http::Request& request, identity::Actor const& actor, Onboarding to);

  Commands& commands_;
  TrainerService& trainers_;
  Clock const& clock_;
};

}  // namespace insighta::booking
