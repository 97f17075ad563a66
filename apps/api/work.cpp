#include "background.hpp"
#include "chore.hpp"
#include "platform/async/stop_signals.hpp"
#include "platform/log/log.hpp"

#include <cstdlib>
#include <thread>

namespace insighta::api {

namespace {

/// Closed first, so that the run under way ends, by a rollback, while its chore is still there.
Task<void> end(Background& background, Chore& chore) {
  chore.stop();
  co_await background.database.close();
  background.loop.stop();
}

/// Every second until the program is asked to end.
void work_until_stopped(Background& background, StopSignals const& stop_signals) {
  Chore chore(background.loop, work_interval, "doing what became due",
              [&] { return background.booking.work(); });
  chore.start();
  std::jthread const thread([&] { background.loop.run(); });
  log::info("working");
  stop_signals.wait();
  background.loop.post([&] { background.loop.spawn(end(background, chore)); });
}

}  // namespace

int work(Config const& config, Doors const& doors, WorkOptions const& options) {
  StopSignals const stop_signals;
  Background background(config, doors, "insighta-api work");
  if (options.is_once)
    background.loop.run_until_done(background.booking.work());
  else
    work_until_stopped(background, stop_signals);
  log::flush();
  return EXIT_SUCCESS;
}

}  // namespace insighta::api
