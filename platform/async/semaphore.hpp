#pragma once

#include "platform/async/completion.hpp"
#include "platform/async/event_loop.hpp"

#include <deque>

namespace insighta {

/// A number of permits on one loop, handed out in the order of asking. acquire() waits at most
/// `patience` and says whether it got one; release() gives it back.
class Semaphore {
 public:
  Semaphore(EventLoop& loop, std::size_t permits) : loop_(loop), permits_(permits) {}

  Task<bool> acquire(std::chrono::nanoseconds patience);
  void release();
  std::size_t waiting() const { return waiters_.size(); }

 private:
  EventLoop& loop_;
  std::size_t permits_;
  std::deque<Completion<bool>*> waiters_;
};

}  // namespace insighta
