#pragma once

#include "platform/http/router.hpp"

#include <functional>
#include <vector>

namespace insighta::metrics {
class Registry;
}

namespace insighta::api {

struct OperationSettings {
  bool fakes_github = false;  ///< shown in /healthz, so that nobody takes this for production
  /// Says what is not ready yet, in one sentence; nothing when all is.
  std::function<Task<std::optional<std::string>>()> find_obstacle;
  metrics::Registry* metrics = nullptr;
};

/// GET /healthz, /readyz, /metrics, /openapi.json, /docs and its style sheet.
std::vector<http::Route> operation_routes(OperationSettings settings);

}  // namespace insighta::api
