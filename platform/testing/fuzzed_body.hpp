#pragma once

#include "platform/async/task.hpp"
#include "platform/http/body_stream.hpp"
#include "platform/testing/fuzzing.hpp"

#include <coroutine>
#include <optional>
#include <string>

namespace insighta::fuzzing {

/// A body that comes in pieces of one size, and at once.
class Body final : public http::BodyStream {
 public:
  Body(std::string_view text, std::size_t size) : rest_(text), size_(size) {}
  Task<Result<std::optional<std::string>>> next() override {
    if (rest_.empty()) co_return std::nullopt;
    std::string piece(rest_.substr(0, size_));
    rest_.remove_prefix(piece.size());
    co_return std::optional(std::move(piece));
  }

 private:
  std::string_view rest_;
  std::size_t size_;
};

/// A coroutine that runs at once and that nobody waits for.
struct Run {
  struct promise_type {
    Run get_return_object() const noexcept { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::abort(); }
  };
};

template <class T>
Run run_into(Task<T> task, std::optional<T>& result) {
  result.emplace(co_await std::move(task));
}

/// The outcome of a task that never has to wait.
template <class T>
T outcome_of(Task<T> task) {
  std::optional<T> result;
  run_into(std::move(task), result);
  must(result.has_value(), "the task does not wait");
  return *std::move(result);
}

}  // namespace insighta::fuzzing
