#pragma once

#include "booking/domain/discovery_call.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace insighta::booking {

/// Whose calls, and which of them. A person who is both client and trainer sees both; with neither,
/// everybody's.
struct CallFilter {
  std::optional<ClientId> of_client;
  std::optional<TrainerId> of_trainer;
  std::optional<CallStatus> status;
};

struct CallPage {
  std::vector<DiscoveryCall> calls;
  std::int64_t total = 0;
};

}  // namespace insighta::booking
