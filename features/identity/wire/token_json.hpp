#pragma once

#include "identity/domain/permission.hpp"
#include "identity/domain/user.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::identity::wire {

/// What both front doors say of new tokens.
struct TokenAnswer {
  std::string_view access_token;
  std::string_view refresh_token;
  std::chrono::seconds expires_in{0};
  std::chrono::seconds refresh_expires_in{0};
  std::vector<Scope> const& scopes;
  User const& user;
};

/// Scopes as RFC 6749 section 3.3 writes them.
std::string scope_text(std::vector<Scope> const& scopes);
/// Nothing when a word is unknown.
std::optional<std::vector<Scope>> parse_scopes(std::string_view text);

/// RFC 6749 section 5.1.
std::string oauth_token_answer(TokenAnswer const& answer);
/// Spec api.md section 2.
std::string short_token_answer(TokenAnswer const& answer);

/// RFC 7662 section 2.2 of a live token.
struct Introspection {
  std::string user_id;
  std::string username;
  std::string client_id;
  std::vector<Scope> const& scopes;
  std::string session_id;
  Instant expires_at;
  std::optional<Instant> issued_at;
  std::string_view issuer;
  bool is_refresh_token = false;
};
std::string introspection_answer(Introspection const& facts);

/// RFC 8414.
struct DeviceAnswer {
  std::string device_code;
  std::string user_code;
  std::string verification_uri;
  std::chrono::seconds expires_in;
  std::chrono::seconds interval;
};
/// RFC 8628 section 3.2.
std::string device_answer(DeviceAnswer const& answer);

std::string metadata(std::string_view issuer);

}  // namespace insighta::identity::wire
