#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>
#include <variant>

namespace insighta {

/// One value that a callback delivers to one awaiting coroutine on the same event loop. The value
/// may come before or after the await. The awaiter is resumed from inside set() or fail(): call
/// them last. Neither copied nor moved; lives in the awaiting frame or outlives it.
template <class T>
class Completion {
 public:
  Completion() = default;
  Completion(Completion const&) = delete;
  Completion& operator=(Completion const&) = delete;

  void set(T value) {
    outcome_.template emplace<1>(std::move(value));
    resume();
  }
  void fail(std::exception_ptr failure) {
    outcome_.template emplace<2>(std::move(failure));
    resume();
  }
  bool is_done() const { return outcome_.index() != 0; }

  bool await_ready() const noexcept { return is_done(); }
  void await_suspend(std::coroutine_handle<> awaiting) noexcept { awaiting_ = awaiting; }
  T await_resume() {
    if (outcome_.index() == 2) std::rethrow_exception(std::get<2>(outcome_));
    return std::move(std::get<1>(outcome_));
  }

 private:
  void resume() {
    if (awaiting_) std::exchange(awaiting_, {}).resume();
  }

  std::variant<std::monostate, T, std::exception_ptr> outcome_;
  std::coroutine_handle<> awaiting_;
};

/// A completion that carries nothing: `done.set({})`.
using Signal = Completion<std::monostate>;

}  // namespace insighta
