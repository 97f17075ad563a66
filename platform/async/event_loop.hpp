#pragma once

#include "platform/async/task.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace insighta {

/// One thread's work: sockets, timers and coroutines. What is created on a loop stays on it; post()
/// is the only door for other threads.
class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(EventLoop const&) = delete;
  EventLoop& operator=(EventLoop const&) = delete;

  /// Runs until stop() and everything posted before it was done.
  void run();
  /// Any thread.
  void stop();
  /// Runs `work` on the loop's thread, later; any thread.
  void post(std::move_only_function<void()> work);
  /// Starts `task` now, unowned. An exception that leaves it is logged as a fault of ours.
  void spawn(Task<void> task);
  /// For programs that do one thing: runs the loop until the task is done; its exception is
  /// rethrown.
  void run_until_done(Task<void> task);

  Task<void> sleep_for(std::chrono::nanoseconds duration);

  /// For the modules that wrap sockets.
  boost::asio::io_context& native() { return *context_; }

 private:
  std::unique_ptr<boost::asio::io_context> context_;
};

/// Calls back once, `delay` after start(), unless cancelled or started again before. Monotonic.
class Timer {
 public:
  explicit Timer(EventLoop& loop);
  ~Timer();
  Timer(Timer&&) noexcept;
  Timer& operator=(Timer&&) noexcept;

  void start(std::chrono::nanoseconds delay, std::move_only_function<void()> expired);
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace insighta
