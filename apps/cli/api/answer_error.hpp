#pragma once

#include "platform/outcome/error.hpp"
#include "platform/transfer/transfer.hpp"

#include <string>

namespace insighta::cli {

/// What an answer that is no success says: the API's error envelope or OAuth's, else the status.
/// Text from the server is made visible.
Error error_of(transfer::Answer const& answer);

/// One line for people: the message, the fields and what to do.
std::string describe(Error const& error);

}  // namespace insighta::cli
