#include "commands.hpp"
#include "platform/async/stop_signals.hpp"
#include "platform/clock/clock.hpp"
#include "platform/clock/development_clock.hpp"
#include "platform/log/log.hpp"
#include "wiring.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <thread>

namespace insighta::api {

namespace {

std::size_t thread_count(Config const& config) {
  return config.threads != 0 ? config.threads
                             : std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

void announce(Config const& config, Doors const& doors, std::uint16_t port, std::size_t threads) {
  if (doors.fakes_github)
    log::warning("DEVELOPMENT: anybody signs in as anybody through the emulator");
  log::info("serving", {{"address", config.address},
                        {"port", std::int64_t{port}},
                        {"issuer", config.issuer},
                        {"threads", static_cast<std::int64_t>(threads)},
                        {"version", INSIGHTA_VERSION}});
}

}  // namespace

std::unique_ptr<Clock> make_clock([[maybe_unused]] Doors const& doors) {
#ifdef INSIGHTA_DEVELOPMENT
  if (!doors.clock_file.empty()) return std::make_unique<DevelopmentClock>(doors.clock_file);
#endif
  return std::make_unique<SystemClock>();
}

int serve(Config const& config, Doors const& doors, ServeOptions const& options) {
  StopSignals const stop_signals;
  auto const clock = make_clock(doors);
  Shared shared(config, doors, *clock);

  // Workers are made before any thread runs, so that a taken port or a bad key ends the program.
  std::vector<std::unique_ptr<Worker>> workers;
  auto const count = thread_count(config);
  std::uint16_t port = config.port;
  for (std::size_t i = 0; i < count; ++i) {
    workers.push_back(std::make_unique<Worker>(shared, port));
    port = workers.back()->port();
  }
  workers.front()->prepare_process(options);
  std::vector<std::jthread> threads;
  for (auto& worker : workers) threads.emplace_back([&worker] { worker->run(); });
  announce(config, doors, port, count);

  stop_signals.wait();
  log::info("stopping: finishing what runs");
  for (auto& worker : workers) worker->drain_and_stop(config.drain_time);
  threads.clear();  // joins
  log::info("stopped");
  log::flush();
  return 0;
}

}  // namespace insighta::api
