#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/subscription_service.hpp"

#include <vector>

namespace insighta::booking {

/// Subscriptions and their ledgers.
class SubscriptionHandlers {
 public:
  SubscriptionHandlers(Commands& commands, SubscriptionService& subscriptions, Clock const& clock)
      : commands_(commands), subscriptions_(subscriptions), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> buy(http::Request& request, identity::Actor const& actor);
  Task<http::Response> list(http::Request& request, identity::Actor const& actor);
  Task<http::Response> ledger(http::Request& request, identity::Actor const& actor);
  Task<http::Response> pay(http::Request& request, identity::Actor const& actor);
  Task<http::Response> cancel(http::Request& request, identity::Actor const& actor);
  Task<http::Response> adjust(http::Request& request, identity::Actor const& actor);

  Commands& commands_;
  SubscriptionService& subscriptions_;
  Clock const& clock_;
};

}  // namespace insighta::booking
