#include "commands.hpp"
#include "environment.hpp"
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

/// A key that the servers cannot open would stop them from learning of any other.
Task<void> publish_next(identity::KeyRotation& rotation, identity::KeyRing& ring,
                        identity::KeyRepository& repository) {
  co_await ring.load(repository);
  auto const signs_at = co_await rotation.begin();
  fmt::print("The next key is published and signs from {}.\n", to_rfc3339(signs_at));
}

/// Even when the old keys cannot be opened: the key encryption key may be what has leaked.
Task<void> replace_all(identity::KeyRotation& rotation) {
  co_await rotation.replace_all();
  fmt::print("A new key signs. Whatever the old ones signed is dead within two seconds.\n");
}

}  // namespace

int keys(Config const& config, Doors const& doors, KeysOptions const& options) {
  auto const clock = make_clock(doors);
  EventLoop loop;
  postgres::Database database(loop, {.connection_string = config.database_url.reveal(),
                                     .application_name = "insighta-api keys"});
  identity::KeyRing ring(config.key_encryption_key, config.is_development);
  identity::KeyRepository repository(database);
  identity::AuditRepository audit(database);
  identity::KeyRotation rotation(key_settings(config), ring, repository, audit, database, *clock);
  loop.run_until_done(claim_database(repository, config.is_development));
  if (options.is_emergency)
    loop.run_until_done(replace_all(rotation));
  else if (options.rotates)
    loop.run_until_done(publish_next(rotation, ring, repository));
  loop.run_until_done(print_list(rotation));
  loop.run_until_done(database.close());
  return EXIT_SUCCESS;
}

}  // namespace insighta::api
