#include "chore.hpp"

#include "platform/log/log.hpp"
#include "platform/postgres/failure.hpp"

#include <exception>

namespace insighta::api {

Chore::Chore(EventLoop& loop, std::chrono::nanoseconds interval, std::string_view name,
             std::function<Task<void>()> work)
    : loop_(loop), timer_(loop), interval_(interval), name_(name), work_(std::move(work)) {}

void Chore::start() {
  timer_.start(interval_, [this] { loop_.spawn(run()); });
}

void Chore::stop() {
  is_stopped_ = true;
  timer_.cancel();
}

Task<void> Chore::run() {
  try {
    co_await work_();
  } catch (postgres::Unavailable const&) {
    log::debug("the database is away", {{"chore", name_}});
  } catch (std::exception const& fault) {
    log::error("a chore failed; it comes again",
               {{"chore", name_}, {"what", log::redact(fault.what())}});
  }
  if (!is_stopped_) start();
}

}  // namespace insighta::api
