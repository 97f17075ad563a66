#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/integrity_service.hpp"

#include <vector>

namespace insighta::booking {

/// For admins: whether everything adds up.
class IntegrityHandlers {
 public:
  explicit IntegrityHandlers(IntegrityService& integrity) : integrity_(integrity) {}

  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> check(http::Request& request);

  IntegrityService& integrity_;
};

}  // namespace insighta::booking
