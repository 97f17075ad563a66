#include "booking/repositories/replay_repository.hpp"
#include "commands.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/postgres/database.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>

namespace insighta::api {

namespace {

void print(booking::ReplayedKind const& kind) {
  fmt::print("{:<9}{:>10} replayed{:>10} stored{:>8} differ", kind.name, kind.replayed, kind.stored,
             kind.differing);
  for (auto const& id : kind.first_differing) fmt::print(" {}", id);
  if (kind.differing > static_cast<std::int64_t>(kind.first_differing.size())) fmt::print(" …");
  fmt::print("\n");
}

Task<void> compare(booking::ReplayRepository& repository, bool& is_identical) {
  auto const report = co_await repository.compare();
  for (auto const& kind : report.kinds) print(kind);
  is_identical = report.is_identical();
}

}  // namespace

int replay(Config const& config) {
  if (config.owner_url.is_empty())
    throw std::runtime_error(
        "database.owner_url is not set: the replay makes a schema, as the owner of the others");
  EventLoop loop;
  postgres::Database database(loop, {.connection_string = config.owner_url.reveal(),
                                     .application_name = "insighta-api replay"});
  booking::ReplayRepository repository(database);
  bool is_identical = false;
  loop.run_until_done(compare(repository, is_identical));
  loop.run_until_done(database.close());
  return is_identical ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace insighta::api
