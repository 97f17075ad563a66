#pragma once

#include "booking/domain/subscription.hpp"
#include "booking/services/subscription_service.hpp"
#include "platform/listing/list_page.hpp"

#include <span>
#include <string>

namespace insighta::booking::wire {

std::string subscription_answer(Subscription const& subscription);
/// One page of them.
std::string subscriptions_answer(std::span<Subscription const> subscriptions,
                                 listing::ListPage const& page);
std::string ledger_answer(Ledger const& ledger, listing::ListPage const& page);

}  // namespace insighta::booking::wire
