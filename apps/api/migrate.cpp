#include "commands.hpp"
#include "platform/postgres/migrations.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

namespace insighta::api {

int migrate(Config const& config) {
  if (config.owner_url.is_empty())
    throw std::runtime_error(
        "database.owner_url is not set: migrations run as the owner of the schemas");
  auto const report = postgres::migrate(config.owner_url.reveal(), config.migrations_folder);
  for (auto const& name : report.applied) fmt::print("applied {}\n", name);
  fmt::print("{} applied, {} already there\n", report.applied.size(), report.already_there);
  return 0;
}

}  // namespace insighta::api
