#pragma once

#include "identity/domain/client.hpp"
#include "identity/domain/consent.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::identity::wire {

/// `secret` only right after it was made.
std::string client_answer(Client const& client, std::optional<std::string> const& secret = {});
std::string clients_answer(std::vector<Client> const& clients);
std::string notices_answer(std::vector<ReuseNotice> const& notices);
std::string connected_apps_answer(std::vector<ConnectedApp> const& apps);

}  // namespace insighta::identity::wire
