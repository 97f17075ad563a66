#include "identity/services/session_opener.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/services/access_tokens.hpp"
#include "identity/services/secrets.hpp"
#include "platform/uuid/uuid.hpp"

#include <algorithm>

namespace insighta::identity {

Error invalid_grant(std::string reason) {
  auto error = bad_request("The grant is not valid any more", "invalid_grant");
  error.fields.push_back({"reason", std::move(reason)});
  return error;
}

Task<Result<GrantedTokens>> SessionOpener::open(Transaction& tx, Client const& client,
                                                SessionStart start, Origin const& origin,
                                                Instant now) {
  auto const session_end = now + settings_.session_max;
  GrantedTokens granted{
      .session = {.id = SessionId::make(now),
                  .user_id = start.user.id,
                  .client_id = client.id,
                  .scopes = start.scopes,
                  .origin = origin,
                  .auth_time = start.auth_time,
                  .created_at = now,
                  .last_used_at = now,
                  .expires_at = session_end,
                  .revoked_at = {}},
      .user = std::move(start.user),
      .refresh_token = new_refresh_token(),
      .refresh_expires_at = std::min<Instant>(now + settings_.refresh_idle, session_end),
      .scopes = std::move(start.scopes)};
  if (!co_await sessions_.insert(tx, granted.session)) co_return fail(invalid_grant("revoked"));
  RefreshToken token;
  token.hash = hash_of(granted.refresh_token);
  token.session_id = granted.session.id;
  token.generation = 1;
  token.expires_at = granted.refresh_expires_at;
  co_await sessions_.insert_token(tx, token, now);
  co_await audit_.append(
      tx, {.at = now,
           .action = "sign_in",
           .actor = granted.user.id,
           .target = granted.user.id,
           .address = origin.address,
           .request_id = origin.request_id,
           .details = {{"client_id", client.id}, {"session_id", granted.session.id.to_string()}}});
  co_return granted;
}

IssuedTokens SessionOpener::sign(GrantedTokens granted, Instant now) {
  AccessClaims const claims{.user_id = granted.user.id,
                            .session_id = granted.session.id,
                            .client_id = granted.session.client_id,
                            .scopes = granted.scopes,
                            .epoch = granted.user.auth_epoch,
                            .issued_at = now,
                            .expires_at = now + access_token_lifetime,
                            .token_id = Uuid::v7(now).to_string()};
  return {.access_token = access_tokens_.issue(claims),
          .refresh_token = std::move(granted.refresh_token),
          .expires_in = access_token_lifetime,
          .refresh_expires_in =
              std::chrono::floor<std::chrono::seconds>(granted.refresh_expires_at - now),
          .scopes = std::move(granted.scopes),
          .user = std::move(granted.user),
          .session_id = granted.session.id};
}

}  // namespace insighta::identity
