#pragma once

#include "identity/domain/user.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"

#include <string>
#include <string_view>

namespace insighta::identity {

/// What one sign-in sends to a provider. All of it is of this sign-in only.
struct ProviderQuestion {
  std::string state;
  std::string code_challenge;  ///< S256
  std::string nonce;
};

/// What came back, with what only we know of the question.
struct ProviderAnswer {
  std::string code;
  std::string issuer;  ///< `iss` of the redirect (RFC 9207); empty without
  std::string code_verifier;
  std::string nonce;
};

/// Where people sign in. Errors by their OAuth words: `access_denied` (it refuses the code),
/// `temporarily_unavailable`, `server_error`.
class Provider {
 public:
  virtual ~Provider() = default;

  /// What its people are kept under, and what its callback is named by.
  virtual std::string const& name() const = 0;
  /// For people: "GitHub".
  virtual std::string const& title() const = 0;
  virtual Task<Result<std::string>> authorize_url(ProviderQuestion question) = 0;
  virtual Task<Result<ProviderAccount>> redeem(ProviderAnswer answer) = 0;
};

}  // namespace insighta::identity
