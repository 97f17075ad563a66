#include "booking/services/commands.hpp"

#include "booking/domain/policy.hpp"
#include "booking/repositories/caller_repository.hpp"
#include "booking/repositories/idempotency_repository.hpp"

#include <fmt/format.h>

namespace insighta::booking {

namespace {

bool is_admin(identity::Actor const& actor) {
  return actor.roles.has(identity::Role::admin);
}

}  // namespace

Result<void> Command::require_version(std::int64_t current) const {
  if (!expected_version || *expected_version == current) return {};
  return fail(Error{.kind = ErrorKind::stale_version,
                    .code = "STALE_VERSION",
                    .message = fmt::format("It was changed meanwhile: its version is {}, not {}",
                                           current, *expected_version)});
}

Task<Result<Answer>> Commands::run(Call call, std::optional<std::int64_t> expected_version,
                                   Body body) {
  auto const in_transaction = [&](Transaction& tx) -> Task<Result<Answer>> {
    KeyUse const use{call.actor.user_id, call.route, call.idempotency_key, call.request_hash};
    if (!use.key.empty()) {
      auto earlier = co_await answers_.take(tx, use, call.at);
      if (earlier && earlier->request_hash != use.request_hash)
        co_return fail(invalid("This Idempotency-Key came with another request before", {},
                               "IDEMPOTENCY_KEY_REUSED"));
      if (earlier) co_return Answer{earlier->status, std::move(earlier->body), earlier->version};
    }
    auto caller = co_await callers_.find(tx, call.actor.user_id);
    caller.is_admin = is_admin(call.actor);
    Command const command{call.actor, caller, call.at, expected_version, tx};
    CO_TRY(auto answer, co_await body(command));
    if (!use.key.empty())
      co_await answers_.store(tx, use,
                              {use.request_hash, answer.status, answer.body, answer.version});
    co_return answer;
  };
  co_return co_await transactions_.run<Answer>(in_transaction);
}

Task<Caller> Commands::caller_of(identity::Actor const& actor) {
  auto caller = co_await callers_.find(actor.user_id);
  caller.is_admin = is_admin(actor);
  co_return caller;
}

}  // namespace insighta::booking
