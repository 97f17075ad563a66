#include "platform/async/semaphore.hpp"

namespace insighta {

Task<bool> Semaphore::acquire(std::chrono::nanoseconds patience) {
  if (permits_ > 0) {
    --permits_;
    co_return true;
  }
  Completion<bool> granted;
  waiters_.push_back(&granted);
  Timer timer(loop_);
  timer.start(patience, [this, &granted] {
    // Not among them: its permit is already on the way.
    if (std::erase(waiters_, &granted) == 1) granted.set(false);
  });
  co_return co_await granted;
}

void Semaphore::release() {
  if (waiters_.empty()) {
    ++permits_;
    return;
  }
  auto* const next = waiters_.front();
  waiters_.pop_front();
  // Later, not here: release() is called from destructors, whose stack the waiter must not run on.
  loop_.post([next] { next->set(true); });
}

}  // namespace insighta
