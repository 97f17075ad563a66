#pragma once

#include "platform/async/completion.hpp"
#include "platform/async/task.hpp"

#include <concepts>
#include <tuple>
#include <variant>
#include <vector>

namespace insighta {

namespace when_all_detail {

/// Counts branches down and wakes the awaiter when the last one is done.
struct Gate {
  std::size_t open;
  Signal all_done;
  void close() {
    if (--open == 0) all_done.set({});
  }
};

/// A branch that starts at once and lives inside the frame of when_all.
struct Branch {
  struct promise_type {
    Gate* gate = nullptr;
    Branch get_return_object() noexcept {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    auto final_suspend() const noexcept {
      struct Close {
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<promise_type> done) const noexcept {
          done.promise().gate->close();
        }
        void await_resume() const noexcept {}
      };
      return Close{};
    }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> frame;

  Branch(std::coroutine_handle<promise_type> f) : frame(f) {}
  Branch(Branch&& other) noexcept : frame(std::exchange(other.frame, {})) {}
  ~Branch() {
    if (frame) frame.destroy();
  }
  void start(Gate& gate) {
    frame.promise().gate = &gate;
    frame.resume();
  }
};

template <class T>
struct Slot {
  std::optional<T> value;
  std::exception_ptr failure;
};

template <class T>
Branch run(Task<T> task, Slot<T>& slot) {
  try {
    slot.value.emplace(co_await std::move(task));
  } catch (...) {
    slot.failure = std::current_exception();
  }
}

template <class T>
T take(Slot<T>& slot) {
  if (slot.failure) std::rethrow_exception(slot.failure);
  return std::move(*slot.value);
}

}  // namespace when_all_detail

/// A task that only does, as one with a result, for when_all.
inline Task<std::monostate> with_result(Task<void> task) {
  co_await std::move(task);
  co_return std::monostate{};
}

/// Runs the tasks side by side on this loop and waits for all of them; the first failure, in the
/// order given, is thrown after every one has ended.
template <class... T>
Task<std::tuple<T...>> when_all(Task<T>... tasks) {
  using namespace when_all_detail;
  Gate gate{sizeof...(T) + 1, {}};
  std::tuple<Slot<T>...> slots;
  {
    auto branches = std::apply(
        [&](auto&... slot) {
          return std::tuple<decltype((void)slot, Branch(nullptr))...>{
              run(std::move(tasks), slot)...};
        },
        slots);
    std::apply([&](auto&... branch) { (branch.start(gate), ...); }, branches);
    gate.close();
    co_await gate.all_done;
  }
  co_return std::apply([](auto&... slot) { return std::tuple<T...>{take(slot)...}; }, slots);
}

/// The same for any number of tasks of one type; results in the order of the tasks.
template <class T>
Task<std::vector<T>> when_all(std::vector<Task<T>> tasks) {
  using namespace when_all_detail;
  Gate gate{tasks.size() + 1, {}};
  std::vector<Slot<T>> slots(tasks.size());
  {
    std::vector<Branch> branches;
    branches.reserve(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i)
      branches.push_back(run(std::move(tasks[i]), slots[i]));
    for (auto& branch : branches) branch.start(gate);
    gate.close();
    co_await gate.all_done;
  }
  std::vector<T> results;
  results.reserve(slots.size());
  for (auto& slot : slots) results.push_back(take(slot));
  co_return results;
}

/// The same for tasks that only do.
template <std::same_as<Task<void>>... Tasks>
Task<void> do_all(Tasks... tasks) {
  co_await when_all(with_result(std::move(tasks))...);
}

}  // namespace insighta
