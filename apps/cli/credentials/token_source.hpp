#pragma once

#include "credentials/credential_store.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transfer/transfer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace insighta::cli {

/// Gives the access token for one server and renews it in time. Renewing is done by one process at
/// a time and at most once: whoever waited for the lock finds the new token in the file.
class TokenSource {
 public:
  /// `fixed` (INSIGHTA_TOKEN) is used as it is: never renewed, never stored.
  TokenSource(CredentialStore const& store, transfer::Transfers& transfers, Clock const& clock,
              std::string issuer, std::optional<std::string> fixed);

  /// `unauthenticated` when nobody is signed in or the sign-in has ended.
  Result<std::string> token();
  /// Another token after the server refused this one.
  Result<std::string> token_instead_of(std::string_view refused);

 private:
  Result<std::string> renew(std::optional<std::string_view> refused);
  Result<std::string> refresh(CredentialLock const& lock, CredentialsByIssuer& all);
  Result<transfer::Answer> post_refresh(std::string const& refresh_token, std::string const& key);
  Result<std::string> after_invalid_grant(CredentialLock const& lock, std::string_view sent);
  bool is_fresh(Credentials const& credentials) const;
  Error not_signed_in() const;

  CredentialStore const& store_;
  transfer::Transfers& transfers_;
  Clock const& clock_;
  std::string issuer_;
  std::optional<std::string> fixed_;
};

/// Takes the tokens of a token endpoint's answer; its Date tells how far the clocks are apart.
Result<void> take_tokens(Credentials& credentials, transfer::Answer const& answer, Instant now);

}  // namespace insighta::cli
