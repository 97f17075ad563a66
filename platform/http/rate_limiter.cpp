#include "platform/http/rate_limiter.hpp"

#include <algorithm>
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

/// The calls of one key since its window opened.
struct Count {
  Monotonic::time_point start;
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

struct RateLimiter::State {
  MonotonicNow now;
  std::array<Shard, shard_count> shards;
};

RateLimiter::RateLimiter(MonotonicNow now) : state_(std::make_unique<State>()) {
  state_->now = std::move(now);
}

RateLimiter::~RateLimiter() = default;

RateLimiter::Decision RateLimiter::take(std::string_view key, std::int64_t per_minute) {
  auto const now = state_->now();
  auto& shard = state_->shards[Hash{}(key) % shard_count];
  std::lock_guard const lock(shard.mutex);
  auto& count = count_of(shard, key, now);
  if (now - count.start >= window) count = {now, 0};
  bool const is_allowed = count.taken < per_minute;
  if (is_allowed) ++count.taken;
  auto const left = std::chrono::ceil<std::chrono::seconds>(count.start + window - now);
  return {.is_allowed = is_allowed,
          .limit = per_minute,
          .remaining = std::max<std::int64_t>(per_minute - count.taken, 0),
          .reset_after = std::max(left, std::chrono::seconds{1})};
}

void add_rate_limit_headers(Response& response, RateLimiter::Decision const& decision) {
  response.headers.set("RateLimit-Limit", std::to_string(decision.limit))
      .set("RateLimit-Remaining", std::to_string(decision.remaining))
      .set("RateLimit-Reset", std::to_string(decision.reset_after.count()));
}

Error rate_limited(RateLimiter::Decision const& decision) {
  return {.kind = ErrorKind::too_many_requests,
          .code = "RATE_LIMITED",
          .message = "Too many requests; try again later",
          .retry_after = decision.reset_after};
}

}  // namespace insighta::http
