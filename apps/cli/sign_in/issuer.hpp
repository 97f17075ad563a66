#pragma once

#include "platform/transfer/transfer.hpp"

#include <string>

namespace insighta::cli {

/// The server must call itself what we call it: `iss` of its answers is compared with that.
Result<void> check_issuer(transfer::Transfers& transfers, std::string const& issuer);

}  // namespace insighta::cli
