#pragma once

#include "booking/domain/trainer.hpp"
#include "booking/services/commands.hpp"
#include "identity/domain/session.hpp"

#include <optional>
#include <string>

namespace insighta::identity {
class AccountService;
}

namespace insighta::booking {

class ClientProfileRepository;

/// What a person says of themself as a client: all of it.
struct WantedProfile {
  std::string display_name;
  std::string time_zone;
  std::optional<std::string> phone = {};
  std::string goals = {};
};

struct StoredProfile {
  ClientProfile profile;
  bool is_new = false;
};

/// The profiles of clients. Whoever completes one is a client.
class ClientProfileService {
 public:
  ClientProfileService(ClientProfileRepository& profiles, identity::AccountService& accounts)
      : profiles_(profiles), accounts_(accounts) {}

  /// 404 for somebody who is no client.
  Task<Result<ClientProfile>> mine(Caller const& caller);
  /// Makes or replaces one's own, and gives the role of a client in the same transaction. 422 for
  /// wrong members.
  Task<Result<StoredProfile>> put_mine(Command const& command, WantedProfile const& wanted,
                                       identity::Origin const& origin);
  /// Oneself, admins, and trainers who have had a call or a booking with the client; 403 for
  /// others.
  Task<Result<ClientProfile>> get(Caller const& caller, ClientId id);

 private:
  ClientProfileRepository& profiles_;
  identity::AccountService& accounts_;
};

}  // namespace insighta::booking
