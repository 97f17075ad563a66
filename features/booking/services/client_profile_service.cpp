#include "booking/services/client_profile_service.hpp"

#include "booking/repositories/client_profile_repository.hpp"
#include "identity/services/account_service.hpp"

namespace insighta::booking {

Task<Result<ClientProfile>> ClientProfileService::mine(Caller const& caller) {
  auto profile = co_await profiles_.find_by_user(caller.user_id);
  if (!profile) co_return fail(not_found("You have no client profile yet"));
  co_return *std::move(profile);
}

Task<Result<StoredProfile>> ClientProfileService::put_mine(Command const& command,
                                                           WantedProfile const& wanted,
                                                           identity::Origin const& origin) {
  ClientProfile const profile{.id = ClientId::make(command.at),
                              .user_id = command.caller.user_id,
                              .display_name = wanted.display_name,
                              .time_zone = wanted.time_zone,
                              .phone = wanted.phone,
                              .goals = wanted.goals,
                              .created_at = command.at};
  auto faults = faults_of(profile);
  if (!faults.empty()) co_return fail(invalid("This profile is not possible", std::move(faults)));
  auto stored = co_await profiles_.upsert(command.tx, profile);
  bool const is_new = stored.id == profile.id;
  // Compared behind the write, which is what locks the row; a refusal rolls it back.
  CO_TRY_VOID(command.require_version(stored.version - 1));
  co_await accounts_.grant_role(command.tx, stored.user_id, identity::Role::client,
                                command.actor.user_id, origin, command.at);
  co_return StoredProfile{std::move(stored), is_new};
}

Task<Result<ClientProfile>> ClientProfileService::get(Caller const& caller, ClientId id) {
  auto profile = co_await profiles_.find(id);
  if (!profile) co_return fail(not_found("Client not found"));
  bool const may_see =
      caller.is_admin || caller.client_id == id ||
      (caller.trainer_id && co_await profiles_.is_known_to(*caller.trainer_id, id));
  if (!may_see) co_return fail(forbidden("You have no part in what this client does"));
  co_return *std::move(profile);
}

}  // namespace insighta::booking
