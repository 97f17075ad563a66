#pragma once

#include "platform/transfer/transfer.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace insighta::cli {

/// Signing in where there is no browser (RFC 8628): shows a code that the person types elsewhere,
/// asks until they have decided, and gives the token endpoint's answer. Ctrl-C ends the program.
Result<transfer::Answer> sign_in_by_device(transfer::Transfers& transfers,
                                           std::string const& issuer,
                                           std::function<void(std::string_view)> const& show);

}  // namespace insighta::cli
