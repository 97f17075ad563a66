#ifdef INSIGHTA_DEVELOPMENT

#include "seed_people.hpp"

#include "background.hpp"

#include <cstdio>

namespace insighta::api {

namespace {

using identity::Role;

struct Person {
  char const* subject;  ///< the emulator's id of them
  char const* login;
  char const* name;
  Role role;
};

constexpr Person people[] = {{"1001", "ada", "Ada Lovelace", Role::admin},
                             {"1003", "tara", "Tara Trainer", Role::trainer},
                             {"1004", "theo", "Theo Trainer", Role::trainer},
                             {"1005", "cleo", "Cleo Client", Role::client},
                             {"1006", "carl", "Carl Client", Role::client}};

identity::ProviderAccount account_of(Person const& person) {
  return {.provider = "github-dev",
          .subject = person.subject,
          .login = person.login,
          .display_name = person.name,
          .email = std::string{person.login} + "@example.org",
          .avatar_url = {}};
}

/// Whether they were not known before.
Task<bool> store(Background& background, Person const& person) {
  auto const now = background.clock->now();
  auto const id = identity::UserId::make(now);
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    auto const user = co_await background.users.upsert(
        tx, id, account_of(person), {.roles = {Role::analyst}, .is_by_default = true},
        std::chrono::floor<std::chrono::seconds>(now));
    if (user.id != id) co_return false;
    co_await background.accounts.grant_role(tx, id, person.role, {}, {}, now);
    co_return true;
  };
  co_return (co_await background.database.run<bool>(body)).value();
}

Task<void> store_all(Background& background) {
  int stored = 0;
  for (auto const& person : people) stored += co_await store(background, person) ? 1 : 0;
  std::printf("%d people to sign in as stored\n", stored);
}

}  // namespace

void seed_people(Config const& config, Doors const& doors) {
  Background background(config, doors, "insighta-api seed");
  background.loop.run_until_done(store_all(background));
}

}  // namespace insighta::api

#endif
