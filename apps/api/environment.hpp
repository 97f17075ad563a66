#pragma once

#include "config.hpp"
#include "identity/repositories/key_repository.hpp"
#include "platform/async/task.hpp"

#include <stdexcept>

namespace insighta::api {

/// Marks a new database as belonging to this environment; throws when it belongs to another.
inline Task<void> claim_database(identity::KeyRepository& repository, bool is_development) {
  auto const wanted = is_development ? "dev" : "production";
  if (co_await repository.claim_environment(wanted) != wanted)
    throw std::runtime_error(
        "the database belongs to another environment; env is wrong, or database.url is");
}

}  // namespace insighta::api
