#ifdef INSIGHTA_DEVELOPMENT

#include "seed_people.hpp"

#include "background.hpp"
#include "seed_bookings.hpp"

#include <cstdio>
#include <map>
#include <string>

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
                             {"1006", "carl", "Carl Client", Role::client},
                             {"100001", "user1", "User 1", Role::client},
                             {"100002", "user2", "User 2", Role::client},
                             {"100003", "user3", "User 3", Role::client}};

identity::ProviderAccount account_of(Person const& person) {
  return {.provider = "github-dev",
          .subject = person.subject,
          .login = person.login,
          .display_name = person.name,
          .email = std::string{person.login} + "@example.org",
          .avatar_url = {}};
}

struct Stored {
  identity::User user;
  bool is_new = false;
};

Task<Stored> store(Background& background, Person const& person) {
  auto const now = background.clock->now();
  auto const id = identity::UserId::make(now);
  auto const body = [&](Transaction& tx) -> Task<Result<Stored>> {
    auto user = co_await background.users.upsert(tx, id, account_of(person),
                                                 {.roles = {Role::analyst}, .is_by_default = true},
                                                 std::chrono::floor<std::chrono::seconds>(now));
    if (user.id != id) co_return Stored{std::move(user), false};
    co_await background.accounts.grant_role(tx, id, person.role, {}, {}, now);
    user.roles = {person.role};
    co_return Stored{std::move(user), true};
  };
  co_return (co_await background.database.run<Stored>(body)).value();
}

Task<void> store_all(Background& background) {
  int added = 0;
  bool are_as_seeded = true;
  std::map<std::string, identity::Actor> actors;
  for (auto const& person : people) {
    auto const stored = co_await store(background, person);
    added += stored.is_new ? 1 : 0;
    are_as_seeded = are_as_seeded && stored.user.roles == identity::Roles{person.role};
    actors[person.login] = {
        .user_id = stored.user.id,
        .session_id = {},
        .client_id = "insighta-cli",
        .roles = {person.role},
        .scopes = {identity::Scope::read, identity::Scope::write, identity::Scope::admin}};
  }
  std::printf("%d people to sign in as stored\n", added);
  // Whoever has become something else meanwhile stays that.
  bool const is_done = are_as_seeded && co_await seed_bookings(background, actors);
  std::puts(is_done ? "Trainers, clients and their appointments stored"
                    : "Trainers and clients are left as they are");
}

}  // namespace

void seed_people(Config const& config, Doors const& doors) {
  Background background(config, doors, "insighta-api seed");
  background.loop.run_until_done(store_all(background));
}

}  // namespace insighta::api

#endif
