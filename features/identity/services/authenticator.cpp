#include "identity/services/authenticator.hpp"

#include "identity/repositories/session_repository.hpp"

#include <algorithm>
#include <optional>

namespace insighta::identity {

namespace {

/// The scheme's name compares without case (RFC 9110 section 11.1).
std::optional<std::string_view> bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() <= scheme.size()) return {};
  bool const is_bearer = std::ranges::equal(
      authorization.substr(0, scheme.size()), scheme,
      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
  if (!is_bearer) return {};
  return authorization.substr(scheme.size());
}

}  // namespace

Task<Result<Actor>> Authenticator::authenticate(std::string_view authorization) {
  auto const token = bearer_token(authorization);
  if (!token) co_return fail(unauthenticated("Sign in first: this needs a bearer token"));
  auto const now = clock_.now();
  CO_TRY(auto claims, co_await tokens_.verify(*token, now));
  auto const access = co_await sessions_.find_access(claims.session_id);
  auto const over = unauthenticated("The session is over", "INVALID_TOKEN");
  if (!access || access->user_id != claims.user_id) co_return fail(over);
  if (!access->is_user_active)
    co_return fail(forbidden("This account was deactivated", "ACCOUNT_DISABLED"));
  if (access->is_revoked || access->expires_at <= now || access->auth_epoch != claims.epoch)
    co_return fail(over);
  co_return Actor{.user_id = claims.user_id,
                  .session_id = claims.session_id,
                  .client_id = std::move(claims.client_id),
                  .roles = access->roles,
                  .scopes = std::move(claims.scopes)};
}

}  // namespace insighta::identity
