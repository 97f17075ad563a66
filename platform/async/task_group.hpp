#pragma once

#include "platform/async/completion.hpp"
#include "platform/async/event_loop.hpp"

namespace insighta {

/// Tasks that run beside their owner and are waited for before it goes: sessions of a server,
/// background jobs. One loop; join() once.
class TaskGroup {
 public:
  explicit TaskGroup(EventLoop& loop) : loop_(loop) {}

  void spawn(Task<void> task) {
    ++running_;
    loop_.spawn(track(std::move(task)));
  }
  std::size_t running() const { return running_; }
  /// Resumes when nothing runs any more.
  Task<void> join() {
    if (running_ == 0) co_return;
    joining_ = true;
    co_await all_done_;
  }

 private:
  Task<void> track(Task<void> task) {
    std::exception_ptr failure;
    try {
      co_await std::move(task);
    } catch (...) {
      failure = std::current_exception();
    }
    if (--running_ == 0 && joining_) loop_.post([this] { all_done_.set({}); });
    if (failure) std::rethrow_exception(failure);
  }

  EventLoop& loop_;
  std::size_t running_ = 0;
  bool joining_ = false;
  Signal all_done_;
};

}  // namespace insighta
