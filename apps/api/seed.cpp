#include "commands.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/postgres/database.hpp"
#include "profiles/domain/generated_profile.hpp"
#include "profiles/repositories/profile_repository.hpp"
#include "profiles/services/import_service.hpp"
#include "profiles/wire/profile_csv.hpp"
#include "seed_people.hpp"
#include "wiring.hpp"

#include <cstdio>
#include <cstdlib>

namespace insighta::api {

namespace {

constexpr std::size_t write_size = 64 * 1024;

Task<void> store(EventLoop& loop, postgres::Database& database, Clock const& clock,
                 SeedOptions const& options) {
  profiles::ProfileRepository repository(database);
  if (options.only_if_empty && (co_await repository.count({})).all > 0) {
    std::puts("There are profiles already; nothing was stored.");
    co_return;
  }
  profiles::ImportService imports(loop, repository, clock);
  auto const report =
      co_await imports.seed(static_cast<std::uint64_t>(options.count), options.seed);
  std::printf("%lld generated profiles stored, %lld were there already\n",
              static_cast<long long>(report.inserted), static_cast<long long>(report.skipped()));
}

}  // namespace

int seed(Config const& config, Doors const& doors, SeedOptions const& options) {
  auto const clock = make_clock(doors);
  EventLoop loop;
  postgres::Database database(loop, {.connection_string = config.database_url.reveal(),
                                     .application_name = "insighta-api seed"});
  loop.run_until_done(store(loop, database, *clock, options));
  loop.run_until_done(database.close());
#ifdef INSIGHTA_DEVELOPMENT
  if (doors.fakes_github && !options.only_profiles) seed_people(config, doors);
#endif
  return EXIT_SUCCESS;
}

int generate_profiles(SeedOptions const& options) {
  std::string text{profiles::csv_header};
  auto const end = options.first + options.count;
  for (auto i = options.first; i < end; ++i) {
    profiles::append_csv(
        text, profiles::generate_profile(options.seed, static_cast<std::uint64_t>(i)).as_stored());
    if (text.size() < write_size && i + 1 < end) continue;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) return EXIT_FAILURE;
    text.clear();
  }
  return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace insighta::api
