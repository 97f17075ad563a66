#include "identity/services/consent_service.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/consent_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"

#include <algorithm>

namespace insighta::identity {

ConsentService::ConsentService(ConsentRepository& consents, SessionRepository& sessions,
                               SignInRepository& sign_ins, AuditRepository& audit,
                               Transactions& transactions, Clock const& clock)
    : consents_(consents),
      sessions_(sessions),
      sign_ins_(sign_ins),
      audit_(audit),
      transactions_(transactions),
      clock_(clock) {}

Task<bool> ConsentService::needs_page(UserId user, Client const& client,
                                      PendingRequest const& request) {
  if (!client.is_confidential || request.wants_consent) co_return true;
  if (client.is_first_party) co_return false;
  auto const allowed = co_await consents_.find(user, client.id);
  co_return !allowed || !std::ranges::all_of(request.scopes, [&](Scope scope) {
    return std::ranges::find(*allowed, scope) != allowed->end();
  });
}

Task<void> ConsentService::remember(UserId user, Client const& client,
                                    std::vector<Scope> const& scopes, Origin const& origin) {
  if (client.is_first_party) co_return;
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await consents_.add(tx, user, client.id, scopes, now);
    co_await audit_.append(tx, {.at = now,
                                .action = "consent_granted",
                                .actor = user,
                                .target = user,
                                .address = origin.address,
                                .request_id = origin.request_id,
                                .details = {{"client_id", client.id}}});
    co_return true;
  };
  // It cannot be refused: the body gives no error.
  (void)co_await transactions_.run<bool>(body);
}

Task<std::vector<ConnectedApp>> ConsentService::list(Actor const& actor) {
  return consents_.list(actor.user_id);
}

Task<Result<void>> ConsentService::revoke(Actor const& actor, std::string_view client_id,
                                          Origin const& origin) {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    // In the order in which a session is opened: code, consent.
    co_await sign_ins_.delete_client_codes(tx, client_id, actor.user_id);
    if (!co_await consents_.remove(tx, actor.user_id, client_id))
      co_return fail(not_found("There is no such connected application"));
    co_await sessions_.revoke_of_client(tx, client_id, actor.user_id, "consent_revoked", now);
    co_await audit_.append(tx, {.at = now,
                                .action = "consent_revoked",
                                .actor = actor.user_id,
                                .target = actor.user_id,
                                .address = origin.address,
                                .request_id = origin.request_id,
                                .details = {{"client_id", std::string{client_id}}}});
    co_return true;
  };
  auto const done = co_await transactions_.run<bool>(body);
  if (!done) co_return fail(done.error());
  co_return Result<void>{};
}

Task<std::vector<ReuseNotice>> ConsentService::tell_reuse(UserId user) {
  return sessions_.tell_reuse(user, clock_.now());
}

Task<std::vector<ReuseNotice>> ConsentService::list_reuses(Actor const& actor) {
  return sessions_.list_reuses(actor.user_id);
}

Task<Result<void>> ConsentService::dismiss_reuse(Actor const& actor, SessionId session) {
  auto const told = co_await sessions_.tell_reuse(actor.user_id, clock_.now(), session);
  if (told.empty()) co_return fail(not_found("There is no such notice"));
  co_return Result<void>{};
}

}  // namespace insighta::identity
