#include "commands.hpp"
#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/key_repository.hpp"
#include "identity/services/key_ring.hpp"
#include "identity/services/key_rotation.hpp"
#include "key_settings.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/postgres/database.hpp"
#include "wiring.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace insighta::api {

namespace {

Task<void> print_list(identity::KeyRotation& rotation) {
  for (auto const& key : co_await rotation.list())
    fmt::print("{:<22} {:<10} since {}\n", key.kid, to_string(key.state), to_rfc3339(key.since));
}

Task<void> rotate(identity::KeyRotation& rotation, bool is_emergency) {
  if (is_emergency) {
    co_await rotation.replace_all();
    fmt::print("A new key signs. Whatever the old ones signed is dead within two seconds.\n");
  } else {
    auto const signs_at = co_await rotation.begin();
    fmt::print("The next key is published and signs from {}.\n", to_rfc3339(signs_at));
  }
}

}  // namespace

int keys(Config const& config, Doors const& doors, KeysOptions const& options) {
  auto const clock = make_clock(doors);
  EventLoop loop;
  postgres::Database database(loop, {.connection_string = config.database_url.reveal(),
                                     .application_name = "insighta-api keys"});
  identity::KeyRing const ring(config.key_encryption_key, config.is_development);
  identity::KeyRepository repository(database);
  identity::AuditRepository audit(database);
  identity::KeyRotation rotation(key_settings(config), ring, repository, audit, database, *clock);
  if (options.rotates) loop.run_until_done(rotate(rotation, options.is_emergency));
  loop.run_until_done(print_list(rotation));
  loop.run_until_done(database.close());
  return EXIT_SUCCESS;
}

}  // namespace insighta::api
