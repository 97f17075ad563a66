#include "platform/http/call_counts.hpp"

#include <array>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace insighta::http {

namespace {

using Monotonic = std::chrono::steady_clock;
constexpr auto window = std::chrono::minutes{1};
constexpr std::size_t shard_count = 16;  // threads seldom meet
constexpr std::size_t keys_per_generation = 4'096;

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};

struct Count {
  Monotonic::time_point start;  ///< of the window
  std::int64_t taken = 0;
};

using Counts = std::unordered_map<std::string, Count, Hash, std::equal_to<>>;

/// Two generations: a key that is asked for moves to the young one, and the old one is dropped when
/// the young one has seen a whole window or is full. So nobody pays for a sweep, and whoever comes
/// with a new key every time costs a bounded amount of memory (and only shortens what is kept of
/// others, which is better than refusing strangers).
struct Shard {
  std::mutex mutex;
  Counts young;
  Counts old;
  Monotonic::time_point aged;
};

void age(Shard& shard, Monotonic::time_point now) {
  if (now - shard.aged < window && shard.young.size() < keys_per_generation) return;
  shard.old = std::exchange(shard.young, {});
  shard.aged = now;
}

Count& count_of(Shard& shard, std::string_view key, Monotonic::time_point now) {
  if (auto const it = shard.young.find(key); it != shard.young.end()) return it->second;
  age(shard, now);
  if (auto const it = shard.old.find(key); it != shard.old.end())
    return shard.young.insert(shard.old.extract(it)).position->second;
  return shard.young.emplace(std::string{key}, Count{now}).first->second;
}

}  // namespace

struct CallCounts::State {
  MonotonicNow now;
  std::array<Shard, shard_count> shards;
};

CallCounts::CallCounts(MonotonicNow now) : state_(std::make_unique<State>()) {
  state_->now = std::move(now);
}

CallCounts::~CallCounts() = default;

CallCount CallCounts::add(std::string_view key) {
  auto const now = state_->now();
  auto& shard = state_->shards[Hash{}(key) % shard_count];
  std::lock_guard const lock(shard.mutex);
  auto& count = count_of(shard, key, now);
  if (now - count.start >= window) count = {now, 0};
  ++count.taken;
  return {.taken = count.taken,
          .left = std::chrono::ceil<std::chrono::milliseconds>(count.start + window - now)};
}

}  // namespace insighta::http
