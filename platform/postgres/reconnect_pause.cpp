#include "platform/postgres/reconnect_pause.hpp"

#include "platform/log/log.hpp"
#include "platform/postgres/failure.hpp"

#include <algorithm>
#include <utility>

namespace insighta::postgres {

using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds shortest{50};
constexpr std::chrono::milliseconds longest{1'000};

}  // namespace

void ReconnectPause::check() const {
  if (steady_clock::now() < until_) throw Unavailable(reason_);
}

void ReconnectPause::failed(std::string reason) {
  // Once per outage, not once per attempt.
  if (next_.count() == 0) log::warning("no connection to the database", {{"what", reason}});
  next_ = std::clamp(next_ * 2, shortest, longest);
  until_ = steady_clock::now() + next_;
  reason_ = std::move(reason);
}

void ReconnectPause::succeeded() {
  if (next_.count() != 0) log::info("the database is back");
  next_ = {};
  until_ = {};
}

}  // namespace insighta::postgres
