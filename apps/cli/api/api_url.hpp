#pragma once

#include "platform/outcome/result.hpp"

#include <string>
#include <string_view>

namespace insighta::cli {

/// The origin of an API as typed: without a trailing slash; `invalid` when it is not http(s) with a
/// host and nothing else, or plain http to another computer, which would show tokens to the
/// network.
Result<std::string> checked_api_url(std::string_view typed);

}  // namespace insighta::cli
