#pragma once

#include "identity/domain/permission.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity {

/// A checked authorization request that waits for somebody: for a sign-in at the provider, or for
/// the person's consent.
struct PendingRequest {
  std::string client_id;  ///< empty: a sign-in for the portal's own page to go on with
  std::string redirect_uri;
  std::string state;
  std::string code_challenge;
  std::vector<Scope> scopes;
  /// Without a client: our own page to go on with, instead of the portal's.
  std::string return_path;
  std::string provider;        ///< where the person is; a callback of another one is refused
  std::string link_to;         ///< the person whom the account is to be linked to; else it signs in
  bool wants_consent = false;  ///< prompt=consent: ask again
  bool is_short_form = false;  ///< of api.md section 2: refusals are answers, not redirects
};

std::string encode(PendingRequest const& request);
std::optional<PendingRequest> decode_pending_request(std::string_view text);

}  // namespace insighta::identity
