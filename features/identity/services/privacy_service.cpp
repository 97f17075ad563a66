#include "identity/services/privacy_service.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/privacy_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/account_service.hpp"
#include "identity/services/personal_records.hpp"

#include <fmt/format.h>

namespace insighta::identity {

Task<std::string> PrivacyService::collect(Actor const& actor) {
  auto document = co_await privacy_.collect(actor.user_id);
  for (auto* const records : elsewhere_) {
    auto const part = co_await records->collect(actor.user_id);
    document.pop_back();
    document += fmt::format(", \"{}\": {}}}", records->name(), part);
  }
  co_return document;
}

Task<Result<void>> PrivacyService::forget(Actor const& actor, Origin const& origin) {
  auto const now = clock_.now();
  auto const person = actor.user_id;
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    for (auto* const records : elsewhere_) co_await records->forget(tx, person, now);
    co_await accounts_.end_ways_in(tx, person, "account_deleted", now);
    auto const admins = co_await users_.lock_active_admins(tx);
    auto const user = co_await users_.lock(tx, person);
    if (!user) co_return true;
    CO_TRY_VOID(AccountService::keep_an_admin(*user, {}, admins));
    co_await accounts_.end_ways_in(tx, person, "account_deleted", now);
    co_await privacy_.forget(tx, person);
    co_await audit_.append(tx, {.at = now,
                                .action = "account_deleted",
                                .actor = person,
                                .target = person,
                                .address = {},
                                .request_id = origin.request_id,
                                .details = {}});
    co_await audit_.forget(tx, person);
    co_return true;
  };
  auto const done = co_await transactions_.run<bool>(body);
  if (!done) co_return fail(done.error());
  co_return Result<void>{};
}

}  // namespace insighta::identity
