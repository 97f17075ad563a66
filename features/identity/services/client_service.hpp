#pragma once

#include "identity/domain/client.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace insighta::identity {

class ClientRepository;

/// What a request to the token endpoint says of its client (RFC 6749 section 2.3).
struct ClientCredentials {
  std::string id;
  std::optional<std::string> secret;
};

class ClientService {
 public:
  ClientService(ClientRepository& clients, Clock const& clock) : clients_(clients), clock_(clock) {}

  /// Stores the command line and the portal as the configuration has them; called at start.
  Task<void> register_own(std::string const& portal_redirect, std::string const& portal_secret);

  Task<std::optional<Client>> find(std::string_view client_id);
  /// 401 `invalid_client` unless it is a public client without, or a confidential one with its
  /// secret.
  Task<Result<Client>> authenticate(ClientCredentials const& credentials);

 private:
  ClientRepository& clients_;
  Clock const& clock_;
};

}  // namespace insighta::identity
