#pragma once

#include "platform/http/response.hpp"

#include <string_view>

namespace insighta::emulator {

/// GitHub's error body: {"message", "documentation_url", "status"}.
http::Response rest_message(int status, std::string_view message);

}  // namespace insighta::emulator
