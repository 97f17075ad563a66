#pragma once

#include "booking/domain/call_list.hpp"
#include "platform/listing/list_page.hpp"

#include <string>

namespace insighta::booking::wire {

std::string call_answer(DiscoveryCall const& call);
std::string calls_answer(CallPage const& calls, listing::ListPage const& page);

}  // namespace insighta::booking::wire
