#pragma once

#include "platform/clock/clock.hpp"

#include <string_view>

namespace insighta::booking {

/// Whether `body` was signed with `secret` at most 300 s away from `now`, as Stripe signs its
/// events: `t=<unix>,v1=<hex of HMAC-SHA256 over "t.body">[,v1=…]`. One good v1 is enough: there
/// are two while a secret is being replaced. Words that are not known are skipped.
bool is_signed(std::string_view secret, std::string_view signature, std::string_view body,
               Instant now);

}  // namespace insighta::booking
