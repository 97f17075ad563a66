#include "config.hpp"
#include "platform/async/stop_signals.hpp"
#include "platform/clock/clock.hpp"
#include "platform/clock/development_clock.hpp"
#include "platform/log/log.hpp"
#include "wiring.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <thread>

namespace {

using namespace insighta;

/// Reads the configuration or says everything that is wrong with it.
std::optional<portal::Config> load_config(std::string const& file) {
  auto source = config::Source::load(file, [](char const* name) { return std::getenv(name); });
  auto config = portal::read_config(source);
  auto const faults = source.report();
  for (auto const& fault : faults) std::fprintf(stderr, "insighta-portal: %s\n", fault.c_str());
  if (!faults.empty()) return {};
  return config;
}

std::unique_ptr<Clock> make_clock([[maybe_unused]] std::string const& file) {
#ifdef INSIGHTA_DEVELOPMENT
  if (!file.empty()) return std::make_unique<DevelopmentClock>(file);
#endif
  return std::make_unique<SystemClock>();
}

int serve(portal::Config const& config, std::string const& clock_file) {
  StopSignals const stop_signals;
  auto const clock = make_clock(clock_file);
  portal::Shared shared(config, *clock);

  // Workers are made before any thread runs, so that a taken port ends the program.
  auto const count = config.threads != 0
                         ? config.threads
                         : std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<portal::Worker>> workers;
  std::uint16_t port = config.port;
  for (std::size_t i = 0; i < count; ++i) {
    workers.push_back(std::make_unique<portal::Worker>(shared, port));
    port = workers.back()->port();
  }
  std::vector<std::jthread> threads;
  for (auto& worker : workers) threads.emplace_back([&worker] { worker->run(); });
  log::info("serving", {{"url", config.url},
                        {"port", std::int64_t{port}},
                        {"api", config.api_url},
                        {"version", INSIGHTA_VERSION}});

  stop_signals.wait();
  log::info("stopping: finishing what runs");
  for (auto& worker : workers) worker->drain_and_stop(config.drain_time);
  threads.clear();  // joins
  log::info("stopped");
  log::flush();
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"The web portal of Insighta"};
  app.set_version_flag("--version", "insighta-portal " INSIGHTA_VERSION);
  app.require_subcommand(0, 1);
  app.fallthrough();
  std::string config_file;
  std::string clock_file;
  app.add_option("--config", config_file, "TOML file; INSIGHTA_* variables win over it")
      ->type_name("FILE");
#ifdef INSIGHTA_DEVELOPMENT
  app.add_option("--clock-file", clock_file, "Take the time from this file (development)")
      ->type_name("FILE");
#endif
  app.add_subcommand("serve", "Answer requests until SIGTERM; what happens without a command");
  auto* const check = app.add_subcommand("check-config", "Say whether the configuration is usable");
  CLI11_PARSE(app, argc, argv);

  try {
    auto const config = load_config(config_file);
    if (!config) return EXIT_FAILURE;
    if (check->parsed()) return std::puts("The configuration is usable.") < 0;
    return serve(*config, clock_file);
  } catch (std::exception const& fault) {
    log::flush();
    std::fprintf(stderr, "insighta-portal: %s\n", log::redact(fault.what()).c_str());
  }
  return EXIT_FAILURE;
}
