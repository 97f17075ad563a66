#pragma once

#include "platform/outcome/result.hpp"
#include "platform/transfer/transfer.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace insighta::cli {

struct SignInOptions {
  std::string issuer;
  bool may_open_browser = true;
  bool takes_pasted_url = false;               ///< reads standard input for the redirect's address
  std::function<void(std::string_view)> show;  ///< takes lines for the person
};

/// The authorization code flow of a native app (RFC 8252) with PKCE: opens the browser, waits on
/// 127.0.0.1 for its return for three minutes, and gives the token endpoint's answer.
Result<transfer::Answer> sign_in(transfer::Transfers& transfers, SignInOptions const& options);

}  // namespace insighta::cli
