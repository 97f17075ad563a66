#include "platform/http/rate_limiter.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <string>
#include <unordered_map>

namespace insighta::http {

namespace {

using Monotonic = std::chrono::steady_clock;
constexpr auto window = std::chrono::minutes{1};
constexpr std::size_t shard_count = 16;  // threads seldom meet

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};

struct Count {
  Monotonic::time_point start;
  std::int64_t taken = 0;
};

struct Shard {
  std::mutex mutex;
  std::unordered_map<std::string, Count, Hash, std::equal_to<>> counts;
  Monotonic::time_point swept;
};

void forget_old(Shard& shard, Monotonic::time_point now) {
  if (now - shard.swept < window) return;
  shard.swept = now;
  std::erase_if(shard.counts,
                [now](auto const& entry) { return now - entry.second.start >= window; });
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
  forget_old(shard, now);
  auto it = shard.counts.find(key);
  if (it == shard.counts.end()) it = shard.counts.emplace(std::string{key}, Count{now, 0}).first;
  auto& count = it->second;
  if (now - count.start >= window) count = {now, 0};
  bool const is_allowed = count.taken < per_minute;
  if (is_allowed) ++count.taken;
  auto const left = std::chrono::ceil<std::chrono::seconds>(count.start + window - now);
  return {.is_allowed = is_allowed,
          .limit = per_minute,
          .remaining = per_minute - count.taken,
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
