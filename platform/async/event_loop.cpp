#include "platform/async/event_loop.hpp"

#include "platform/async/completion.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace insighta {

namespace asio = boost::asio;

namespace {

/// A coroutine that owns itself: the root of every spawned task.
struct Detached {
  struct promise_type {
    Detached get_return_object() const noexcept { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
};

Detached detach(Task<void> task) {
  try {
    co_await std::move(task);
  } catch (std::exception const& fault) {
    log::error("a background task failed", {{"what", fault.what()}});
  }
}

}  // namespace

EventLoop::EventLoop() : context_(std::make_unique<asio::io_context>(1)) {}
EventLoop::~EventLoop() = default;

void EventLoop::run() {
  auto const keep_running = asio::make_work_guard(*context_);
  context_->run();
  // stop() ends run() at once; what was posted before it still gets its turn.
  context_->restart();
  context_->poll();
}

void EventLoop::stop() {
  context_->stop();
}

void EventLoop::post(std::move_only_function<void()> work) {
  asio::post(*context_, [work = std::move(work)]() mutable { work(); });
}

void EventLoop::spawn(Task<void> task) {
  detach(std::move(task));
}

void EventLoop::run_until_done(Task<void> task) {
  std::exception_ptr failure;
  bool done = false;
  auto const wrapper = [](EventLoop& loop, Task<void> inner, std::exception_ptr& failed,
                          bool& is_done) -> Task<void> {
    try {
      co_await std::move(inner);
    } catch (...) {
      failed = std::current_exception();
    }
    is_done = true;
    loop.stop();
  };
  spawn(wrapper(*this, std::move(task), failure, done));
  if (!done) run();
  context_->restart();
  if (failure) std::rethrow_exception(failure);
}

Task<void> EventLoop::sleep_for(std::chrono::nanoseconds duration) {
  Signal expired;
  Timer timer(*this);
  timer.start(duration, [&expired] { expired.set({}); });
  co_await expired;
}

struct Timer::State {
  explicit State(asio::io_context& context) : timer(context) {}
  asio::steady_timer timer;
  std::uint64_t round = 0;  // tells an old expiry, already queued, from the current one
};

Timer::Timer(EventLoop& loop) : state_(std::make_shared<State>(loop.native())) {}
Timer::~Timer() {
  if (state_) cancel();
}
Timer::Timer(Timer&&) noexcept = default;
Timer& Timer::operator=(Timer&& other) noexcept {
  if (state_) cancel();
  state_ = std::move(other.state_);
  return *this;
}

void Timer::start(std::chrono::nanoseconds delay, std::move_only_function<void()> expired) {
  auto const round = ++state_->round;
  // Shared: the queued handler may outlive the timer that started it.
  auto handler = [state = state_, round,
                  expired = std::move(expired)](boost::system::error_code error) mutable {
    if (!error && state->round == round) expired();
  };
  if (delay <= std::chrono::nanoseconds::zero()) {
    state_->timer.cancel();
    // At the next turn, without asking the kernel to wake us for it: libcurl wants that often.
    asio::post(state_->timer.get_executor(),
               [handler = std::move(handler)]() mutable { handler({}); });
    return;
  }
  state_->timer.expires_after(delay);
  state_->timer.async_wait(std::move(handler));
}

void Timer::cancel() {
  ++state_->round;
  state_->timer.cancel();
}

}  // namespace insighta
