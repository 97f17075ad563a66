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

/// What the command line says.
struct CommandLine {
  std::string config_file;
  api::Doors doors;
  api::ServeOptions serve;
  api::WorkOptions work;
  api::SeedOptions seed;
  api::KeysOptions keys;
};

void describe_program(CLI::App& app, CommandLine& line) {
  app.set_version_flag("--version", "insighta-api " INSIGHTA_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--config", line.config_file, "TOML file; INSIGHTA_* variables win over it")
      ->type_name("FILE");
#ifdef INSIGHTA_DEVELOPMENT
  app.add_option("--clock-file", line.doors.clock_file,
                 "Take the time from this file (development)")
      ->type_name("FILE");
  app.add_flag("--dev-fake-github", line.doors.fakes_github,
               "Sign people in through the emulator (development; needs INSIGHTA_ENV=dev)");
#endif
}

void describe_serving(CLI::App& app, CommandLine& line) {
  app.add_subcommand("serve", "Answer requests until SIGTERM")
      ->add_flag("!--no-work", line.serve.works, "Leave the background work to other processes");
  app.add_subcommand("work", "Do the background work apart from serving, until SIGTERM")
      ->add_flag("--once", line.work.is_once, "Do what is due now, then end");
}

void describe_upkeep(CLI::App& app, CommandLine& line) {
  app.add_subcommand("migrate", "Bring the database to the newest schema");
  app.add_subcommand("check-config", "Say whether the configuration is usable");
  app.add_subcommand("replay", "Rebuild appointments from their events and compare");
  auto* const seed =
      app.add_subcommand("seed", "Store generated profiles, and in development people to meet");
  auto* const generate = app.add_subcommand("generate-profiles", "Print generated profiles as CSV");
  for (auto* const command : {seed, generate}) {
    command->add_option("--count", line.seed.count, "How many")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}));
    command->add_option("--seed", line.seed.seed, "The same seed gives the same profiles");
  }
  generate
      ->add_option("--first", line.seed.first,
                   "Leave out so many of this seed: names that were not printed before")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}));
  seed->add_flag("--if-empty", line.seed.only_if_empty, "No profiles when there are any");
  seed->add_flag("--only-profiles", line.seed.only_profiles, "Nobody to meet");
  auto* const keys = app.add_subcommand("keys", "The keys that sign access tokens");
  keys->require_subcommand(1);
  keys->add_subcommand("list", "Print the keys with their states");
  keys->add_subcommand("rotate", "Publish the next key, which signs ten minutes later")
      ->add_flag("--emergency", line.keys.is_emergency,
                 "Drop every key and sign with a new one now; nobody has to sign in again");
}

api::SignIn sign_in_of(std::string_view command, api::Doors const& doors) {
  if (doors.fakes_github) return api::SignIn::emulator;
  bool const serves_nobody = command == "keys" || command == "work" || command == "replay";
  return serves_nobody ? api::SignIn::none : api::SignIn::github;
}

int run(CLI::App const& app, CommandLine& line) {
  auto const* const subcommand = app.get_subcommands().front();
  auto const& command = subcommand->get_name();
  if (command == "generate-profiles") return api::generate_profiles(line.seed);
  auto const config = load_config(line.config_file, sign_in_of(command, line.doors));
  if (!config) return EXIT_FAILURE;
  if (command == "check-config") return std::puts("The configuration is usable.") < 0;
  if (command == "migrate") return api::migrate(*config);
  if (command == "keys") {
    line.keys.rotates = subcommand->got_subcommand("rotate");
    return api::keys(*config, line.doors, line.keys);
  }
  if (command == "seed") return api::seed(*config, line.doors, line.seed);
  if (command == "work") return api::work(*config, line.doors, line.work);
  if (command == "replay") return api::replay(*config);
  return api::serve(*config, line.doors, line.serve);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"The API and authorization server of Insighta"};
  CommandLine line;
  describe_program(app, line);
  describe_serving(app, line);
  describe_upkeep(app, line);
  CLI11_PARSE(app, argc, argv);
  try {
    return run(app, line);
  } catch (std::exception const& fault) {
    log::flush();
    std::fprintf(stderr, "insighta-api: %s\n", log::redact(fault.what()).c_str());
  }
  return EXIT_FAILURE;
}
