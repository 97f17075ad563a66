#pragma once

#include "platform/async/task.hpp"

#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

namespace insighta::booking {

/// Does one thing after another, each by itself: what fails does not keep the others from being
/// done, and is told at the end.
class Sweep {
 public:
  /// True when `work` did something; false when it had nothing to do, or failed.
  Task<bool> attempt(Task<bool> work) {
    try {
      co_return co_await std::move(work);
    } catch (...) {
      if (!first_failure_) first_failure_ = std::current_exception();
      ++failures_;
    }
    co_return false;
  }
  /// How many of them failed, which come first among those that are still due.
  std::int64_t failures() const { return failures_; }
  /// Throws the first failure, when there was one.
  void tell() const {
    if (first_failure_) std::rethrow_exception(first_failure_);
  }

 private:
  std::exception_ptr first_failure_;
  std::int64_t failures_ = 0;
};

}  // namespace insighta::booking
