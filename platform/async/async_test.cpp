#include "platform/async/event_loop.hpp"
#include "platform/async/semaphore.hpp"
#include "platform/async/task_group.hpp"
#include "platform/async/when_all.hpp"

#include <gtest/gtest.h>

namespace insighta {
namespace {

using namespace std::chrono_literals;

Task<int> later(EventLoop& loop, int value) {
  co_await loop.sleep_for(1ms);
  co_return value;
}

Task<int> failing(EventLoop& loop) {
  co_await loop.sleep_for(0ms);
  throw std::runtime_error("broken");
}

TEST(Task, a_chain_of_a_million_awaits_does_not_grow_the_stack) {
  EventLoop loop;
  auto const one = []() -> Task<int> { co_return 1; };
  int sum = 0;
  auto const add = [](auto& single, int& total) -> Task<void> {
    for (int i = 0; i < 1'000'000; ++i) total += co_await single();
  };
  loop.run_until_done(add(one, sum));
  EXPECT_EQ(sum, 1'000'000);
}

TEST(Task, an_exception_leaves_through_the_await) {
  EventLoop loop;
  auto const outer = [](EventLoop& l) -> Task<void> { co_await failing(l); };
  EXPECT_THROW(loop.run_until_done(outer(loop)), std::runtime_error);
}

TEST(WhenAll, gives_results_in_order) {
  EventLoop loop;
  int difference = 0;
  auto const work = [](EventLoop& l, int& out) -> Task<void> {
    auto const [a, b] = co_await when_all(later(l, 5), later(l, 3));
    out = a - b;
  };
  loop.run_until_done(work(loop, difference));
  EXPECT_EQ(difference, 2);
}

TEST(WhenAll, waits_for_every_task_before_it_throws) {
  EventLoop loop;
  bool other_done = false;
  auto const slow = [](EventLoop& l, bool& done) -> Task<int> {
    co_await l.sleep_for(5ms);
    done = true;
    co_return 1;
  };
  auto const work = [&](EventLoop& l, bool& done) -> Task<void> {
    co_await when_all(failing(l), slow(l, done));
  };
  EXPECT_THROW(loop.run_until_done(work(loop, other_done)), std::runtime_error);
  EXPECT_TRUE(other_done);
}

TEST(Semaphore, hands_permits_out_in_order_and_gives_up_in_time) {
  EventLoop loop;
  Semaphore semaphore(loop, 1);
  std::vector<std::string> seen;
  auto const work = [](EventLoop& l, Semaphore& s, std::vector<std::string>& log) -> Task<void> {
    EXPECT_TRUE(co_await s.acquire(1s));
    EXPECT_FALSE(co_await s.acquire(1ms));
    auto const second = [](Semaphore& sem, std::vector<std::string>& out) -> Task<int> {
      bool const got = co_await sem.acquire(1s);
      out.push_back(got ? "got" : "timeout");
      co_return 0;
    };
    auto const giver = [](EventLoop& lp, Semaphore& sem) -> Task<int> {
      co_await lp.sleep_for(1ms);
      sem.release();
      co_return 0;
    };
    co_await when_all(second(s, log), giver(l, s));
  };
  loop.run_until_done(work(loop, semaphore, seen));
  EXPECT_EQ(seen, std::vector<std::string>{"got"});
}

TEST(Semaphore, a_permit_given_at_the_instant_of_giving_up_is_taken) {
  EventLoop loop;
  Semaphore semaphore(loop, 0);
  bool is_granted = false;
  auto const giver = [](EventLoop& l, Semaphore& s) -> Task<int> {
    co_await l.sleep_for(1ms);
    s.release();
    co_return 0;
  };
  auto const taker = [](Semaphore& s, bool& granted) -> Task<int> {
    granted = co_await s.acquire(1ms);
    co_return 0;
  };
  auto const late = []() -> Task<int> {
    // Both timers are due when the loop looks at them next.
    auto const end = std::chrono::steady_clock::now() + 5ms;
    while (std::chrono::steady_clock::now() < end) {
    }
    co_return 0;
  };
  auto const work = [&]() -> Task<void> {
    co_await when_all(giver(loop, semaphore), taker(semaphore, is_granted), late());
    co_await loop.sleep_for(1ms);
  };
  loop.run_until_done(work());
  EXPECT_TRUE(is_granted);
}

TEST(TaskGroup, join_waits_for_what_was_spawned) {
  EventLoop loop;
  TaskGroup group(loop);
  int done = 0;
  auto const job = [](EventLoop& l, int& count) -> Task<void> {
    co_await l.sleep_for(1ms);
    ++count;
  };
  auto const work = [&]() -> Task<void> {
    group.spawn(job(loop, done));
    group.spawn(job(loop, done));
    co_await group.join();
  };
  loop.run_until_done(work());
  EXPECT_EQ(done, 2);
}

TEST(Timer, cancel_and_restart_forget_the_earlier_expiry) {
  EventLoop loop;
  int calls = 0;
  auto const work = [](EventLoop& l, int& count) -> Task<void> {
    Timer timer(l);
    timer.start(0ms, [&] { count += 1; });
    timer.start(1ms, [&] { count += 10; });
    Timer cancelled(l);
    cancelled.start(0ms, [&] { count += 100; });
    cancelled.cancel();
    co_await l.sleep_for(5ms);
  };
  loop.run_until_done(work(loop, calls));
  EXPECT_EQ(calls, 10);
}

}  // namespace
}  // namespace insighta
