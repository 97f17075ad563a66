#pragma once

#include "platform/http/router.hpp"

#include <vector>

namespace insighta::emulator {

/// GET /genderize, /agify and /nationalize with ?name=: every name gets an answer derived from it,
/// the same each time.
std::vector<http::Route> name_service_routes();

}  // namespace insighta::emulator
