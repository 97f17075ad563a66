#include "chore.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace insighta::api {
namespace {

using namespace std::chrono_literals;

TEST(AChore, comes_again_after_a_fault) {
  EventLoop loop;
  int runs = 0;
  Chore chore(loop, 1ms, "failing", [&]() -> Task<void> {
    if (++runs == 3) loop.stop();
    co_await loop.sleep_for(0ns);
    throw std::runtime_error("a fault");
  });
  chore.start();
  loop.run();
  EXPECT_EQ(runs, 3);
}

TEST(AChore, does_not_begin_again_while_it_is_under_way) {
  EventLoop loop;
  int under_way = 0;
  int most = 0;
  int runs = 0;
  Chore chore(loop, 1ms, "taking longer than its interval", [&]() -> Task<void> {
    most = std::max(most, ++under_way);
    co_await loop.sleep_for(5ms);
    --under_way;
    if (++runs == 3) loop.stop();
  });
  chore.start();
  loop.run();
  EXPECT_EQ(most, 1);
}

TEST(AChore, does_not_come_again_once_it_was_stopped) {
  EventLoop loop;
  int runs = 0;
  Chore chore(loop, 1ms, "stopping", [&]() -> Task<void> {
    ++runs;
    chore.stop();
    co_return;
  });
  Chore other(loop, 20ms, "ending the test", [&]() -> Task<void> {
    loop.stop();
    co_return;
  });
  chore.start();
  other.start();
  loop.run();
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace insighta::api
