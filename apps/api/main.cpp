#include "commands.hpp"
#include "platform/log/log.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>

namespace {

using namespace insighta;

/// Reads the configuration or says everything that is wrong with it.
std::optional<api::Config> load_config(std::string const& file, api::SignIn sign_in) {
  auto source = config::Source::load(file, [](char const* name) { return std::getenv(name); });
  auto config = api::read_config(source, sign_in);
  auto const faults = source.report();
  for (auto const& fault : faults) std::fprintf(stderr, "insighta-api: %s\n", fault.c_str());
  if (!faults.empty()) return {};
  return config;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"The API and authorization server of Insighta"};
  app.set_version_flag("--version", "insighta-api " INSIGHTA_VERSION);
  app.require_subcommand(1);
  app.fallthrough();

  api::Doors doors;
  std::string config_file;
  app.add_option("--config", config_file, "TOML file; INSIGHTA_* variables win over it")
      ->type_name("FILE");
#ifdef INSIGHTA_DEVELOPMENT
  app.add_option("--clock-file", doors.clock_file, "Take the time from this file (development)")
      ->type_name("FILE");
  app.add_flag("--dev-fake-github", doors.fakes_github,
               "Sign people in through the emulator (development; needs INSIGHTA_ENV=dev)");
#endif

  auto* const serve = app.add_subcommand("serve", "Answer requests until SIGTERM");
  bool only_serves = false;
  serve->add_flag("--no-work", only_serves, "Leave the background work to other processes");
  auto* const work = app.add_subcommand("work", "Do the background work apart from serving");
  api::WorkOptions work_options;
  work->add_flag("--once", work_options.is_once, "Do what is due now, then end");
  auto* const migrate = app.add_subcommand("migrate", "Bring the database to the newest schema");
  auto* const check = app.add_subcommand("check-config", "Say whether the configuration is usable");
  auto* const replay =
      app.add_subcommand("replay", "Rebuild appointments from their events and compare");
  api::SeedOptions seed_options;
  auto* const seed = app.add_subcommand("seed", "Store generated profiles");
  auto* const generate = app.add_subcommand("generate-profiles", "Print generated profiles as CSV");
  for (auto* const command : {seed, generate}) {
    command->add_option("--count", seed_options.count, "How many")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}));
    command->add_option("--seed", seed_options.seed, "The same seed gives the same profiles");
  }
  seed->add_flag("--if-empty", seed_options.only_if_empty, "Do nothing when there are profiles");
  api::KeysOptions keys_options;
  auto* const keys = app.add_subcommand("keys", "The keys that sign access tokens");
  keys->require_subcommand(1);
  keys->add_subcommand("list", "Print the keys with their states");
  auto* const rotate =
      keys->add_subcommand("rotate", "Publish the next key, which signs ten minutes later");
  rotate->add_flag("--emergency", keys_options.is_emergency,
                   "Drop every key and sign with a new one now; nobody has to sign in again");
  CLI11_PARSE(app, argc, argv);

  try {
    if (generate->parsed()) return api::generate_profiles(seed_options);
    bool const serves_nobody = keys->parsed() || work->parsed() || replay->parsed();
    auto const sign_in = doors.fakes_github ? api::SignIn::emulator
                         : serves_nobody    ? api::SignIn::none
                                            : api::SignIn::github;
    auto const config = load_config(config_file, sign_in);
    if (!config) return EXIT_FAILURE;
    if (check->parsed()) return std::puts("The configuration is usable.") < 0;
    if (migrate->parsed()) return api::migrate(*config);
    keys_options.rotates = rotate->parsed();
    if (keys->parsed()) return api::keys(*config, doors, keys_options);
    if (seed->parsed()) return api::seed(*config, doors, seed_options);
    if (work->parsed()) return api::work(*config, doors, work_options);
    if (replay->parsed()) return api::replay(*config);
    if (serve->parsed()) return api::serve(*config, doors, {.works = !only_serves});
  } catch (std::exception const& fault) {
    log::flush();
    std::fprintf(stderr, "insighta-api: %s\n", log::redact(fault.what()).c_str());
  }
  return EXIT_FAILURE;
}
