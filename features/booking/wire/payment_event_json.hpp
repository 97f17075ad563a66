#pragma once

#include "booking/domain/payment_event.hpp"
#include "platform/outcome/result.hpp"

#include <string>
#include <string_view>

namespace insighta::booking::wire {

/// An event as Stripe sends it. Types that mean nothing here are read as such. 400 for what is no
/// JSON object or lacks `id`, `type` or `created`, 422 for a wrong one.
Result<PaymentEvent> parse_payment_event(std::string_view text);
/// What the provider is told: it was taken.
std::string received_answer();

}  // namespace insighta::booking::wire
