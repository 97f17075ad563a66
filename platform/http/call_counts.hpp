#pragma once

#include "platform/async/task.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace insighta::http {

/// What a key has used of its window of one minute, which begins with its first call.
struct CallCount {
  std::int64_t taken = 0;             ///< calls, the one just counted included
  std::chrono::milliseconds left{0};  ///< until the window is over
};

/// Counts calls per key by a monotonic clock, in memory. One per process, shared by all threads;
/// keys nobody used for a window are forgotten, and earlier when there are more than memory is set
/// aside for.
class CallCounts {
 public:
  using MonotonicNow = std::function<std::chrono::steady_clock::time_point()>;

  explicit CallCounts(MonotonicNow now = std::chrono::steady_clock::now);
  ~CallCounts();

  CallCount add(std::string_view key);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Counts that several processes keep together. One per event loop.
class SharedCallCounts {
 public:
  virtual ~SharedCallCounts() = default;
  /// Nothing, and soon, when they cannot be reached.
  virtual Task<std::optional<CallCount>> add(std::string_view key) = 0;
};

}  // namespace insighta::http
