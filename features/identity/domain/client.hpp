#pragma once

#include "identity/domain/permission.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity {

enum class GrantType { authorization_code, refresh_token, device_code };
/// The words of RFC 6749 and RFC 8628.
std::string_view to_string(GrantType grant);
std::optional<GrantType> parse_grant_type(std::string_view text);

/// A program that people sign in with.
struct Client {
  std::string id;
  std::string name;
  bool is_confidential = false;  ///< keeps a secret; the others prove themselves by PKCE alone
  std::string secret_hash;       ///< SHA-256, empty for public clients
  std::vector<std::string> redirect_uris;
  std::vector<GrantType> grants;
  std::vector<Scope> scopes;

  bool may(GrantType grant) const;
};

inline constexpr std::string_view cli_client = "insighta-cli";
inline constexpr std::string_view portal_client = "insighta-portal";

/// Exactly one of the registered ones; a loopback literal registered without a port stands for any
/// port (RFC 8252 section 7.3).
bool is_registered_redirect(Client const& client, std::string_view redirect_uri);

/// `http://localhost:<port>/callback` or one of the CLI's own: what the short form of api.md
/// section 2 may redirect to.
bool is_short_form_redirect(Client const& cli, std::string_view redirect_uri);

/// Scheme, host and port of a URL, for form-action.
std::string origin_of(std::string_view url);

}  // namespace insighta::identity
