#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/review_service.hpp"

#include <vector>

namespace insighta::booking {

/// What clients say about trainers.
class ReviewHandlers {
 public:
  ReviewHandlers(Commands& commands, ReviewService& reviews, Clock const& clock)
      : commands_(commands), reviews_(reviews), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  using Request = http::Request;
  using Response = http::Response;
  using Actor = identity::Actor;

  Task<Response> list(Request& request, Actor const& actor);
  Task<Response> post(Request& request, Actor const& actor);
  Task<Response> change(Request& request, Actor const& actor);

  Commands& commands_;
  ReviewService& reviews_;
  Clock const& clock_;
};

}  // namespace insighta::booking
