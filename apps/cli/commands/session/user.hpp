#pragma once

#include "platform/json/value.hpp"
#include "program.hpp"

#include <string>

namespace insighta::cli {

/// The person who is signed in: GET /auth/me, envelope and all.
Result<std::string> fetch_me(Connection& connection);

/// The `data` of that envelope.
Result<json::Value> user_of(std::string const& envelope);

/// Prints the person in the wanted format.
Result<void> print_user(Program const& program, Connection const& connection,
                        std::string const& envelope);

/// `@ada (admin)`.
std::string name_and_role(json::Value const& user);

}  // namespace insighta::cli
