#pragma once

#include "booking/domain/subscription_changes.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::booking {

/// What a payment provider's event means to a subscription.
enum class PaymentEventKind : std::uint8_t {
  purchase,
  renewal,
  missed_payment,
  cancellation,
  resumption,
  end,
  chargeback,
  nothing,  ///< known or not, it changes nothing here
};

/// An event as a provider tells it; its signature was verified.
struct PaymentEvent {
  std::string id;
  std::string type;  ///< the provider's word
  PaymentEventKind kind = PaymentEventKind::nothing;
  Instant created;                                     ///< by the provider's clock
  std::optional<SubscriptionId> subscription_id = {};  ///< as we told the provider
  std::optional<std::string> subscription_ref = {};    ///< as the provider calls it
  std::optional<std::string> payment_ref = {};         ///< of what was paid

  bool is_payment() const {
    return kind == PaymentEventKind::purchase || kind == PaymentEventKind::renewal;
  }
};

/// What the event, received at `at`, makes of the subscription; nothing when it is older than the
/// last one that changed it, or has no meaning in its status. `plan` is the subscription's.
std::optional<SubscriptionChange> take_payment_event(Subscription const& subscription,
                                                     Plan const& plan, PaymentEvent const& event,
                                                     Instant at);

}  // namespace insighta::booking
