#include "platform/redis/redis_call_counts.hpp"

#include "platform/redis/redis_connection.hpp"

#include <string>

namespace insighta::redis {

namespace {

/// A script, because nothing may come between counting and giving the key its end: a key without
/// one would count for ever.
constexpr std::string_view count_call = R"(local taken = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = 60000
  redis.call('PEXPIRE', KEYS[1], left)
end
return {taken, left})";

}  // namespace

Task<std::optional<http::CallCount>> CallCounts::add(std::string_view key) {
  auto const name = "insighta:calls:" + std::string{key};
  auto const answer = co_await connection_.call({"EVAL", count_call, "1", name});
  if (!answer || answer->size() != 2) co_return std::nullopt;
  co_return http::CallCount{.taken = answer->front(),
                            .left = std::chrono::milliseconds{answer->back()}};
}

}  // namespace insighta::redis
