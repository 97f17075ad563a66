#include "booking/handlers/payment_webhook.hpp"

#include "booking/wire/payment_event_json.hpp"

namespace insighta::booking {

http::Route PaymentWebhook::api_route() {
  return {http::Method::post, "/webhooks/payments",
          [this](http::Request& request) { return take(request); }};
}

Task<http::Response> PaymentWebhook::take(http::Request& request) {
  auto const now = clock_.now();
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request);
  // Over the bytes as they came, before anybody reads them. Where no provider is connected, nothing
  // is signed as it should be.
  auto const verified = events_.verify(request.header("Stripe-Signature"), *body, now);
  if (!verified) co_return http::error_response(verified.error(), request);
  auto const event = wire::parse_payment_event(*body);
  if (!event) co_return http::error_response(event.error(), request);
  co_await events_.take(*event, now);
  co_return http::json_response(200, wire::received_answer());
}

}  // namespace insighta::booking
