#pragma once

#include "identity/domain/permission.hpp"
#include "platform/clock/clock.hpp"

#include <optional>
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
  bool is_first_party =
      false;  ///< the product's own: configured, and never asked consent for twice
  Instant created_at = {};

  bool may(GrantType grant) const;
  bool may_ask(std::vector<Scope> const& wanted) const;
};

inline constexpr std::string_view cli_client = "insighta-cli";
inline constexpr std::string_view portal_client = "insighta-portal";

/// Exactly one of the registered ones; a public client's loopback literal without a port stands for
/// any port (RFC 8252 section 7.3).
bool is_registered_redirect(Client const& client, std::string_view redirect_uri);

/// `http://localhost:<port>/callback` or one of the CLI's own: what the short form of api.md
/// section 2 may redirect to.
bool is_short_form_redirect(Client const& cli, std::string_view redirect_uri);

/// What is wrong with registering this redirect, in words; nothing when it may be. An https URL, a
/// loopback literal over http, or for public clients a private-use scheme (RFC 8252 section 7.1).
std::optional<std::string_view> fault_of_redirect(std::string_view redirect_uri,
                                                  bool is_confidential);

/// Scheme, host and port of a URL, or the scheme of one without a host.
std::string origin_of(std::string_view url);

}  // namespace insighta::identity
