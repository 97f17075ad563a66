#pragma once

#include "booking/services/payment_events.hpp"
#include "platform/clock/clock.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/http/router.hpp"

namespace insighta::booking {

/// The door for the payment provider's events: open, because each carries its signature. 404 while
/// no secret is configured.
class PaymentWebhook {
 public:
  PaymentWebhook(PaymentEvents& events, Clock const& clock) : events_(events), clock_(clock) {}

  /// For the API, below /api/v1.
  http::Route api_route();

 private:
  Task<http::Response> take(http::Request& request);

  PaymentEvents& events_;
  Clock const& clock_;
};

}  // namespace insighta::booking
