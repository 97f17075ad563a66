#include "identity/domain/session.hpp"

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;

constexpr auto repeat_window = 60s;

}  // namespace

RefreshVerdict decide_refresh(RefreshToken const& token, RefreshAttempt const& attempt) {
  if (!token.consumed_at)
    return attempt.at < token.expires_at ? RefreshVerdict::rotate : RefreshVerdict::refuse;
  bool const is_same_attempt = !attempt.hash.empty() && attempt.hash == token.attempt_hash;
  auto const since = attempt.at - *token.consumed_at;
  // Only the client itself knows the key, so that somebody who has used the successor is it.
  if (is_same_attempt && !attempt.is_successor_unused) return RefreshVerdict::refuse;
  if (is_same_attempt && since <= repeat_window) return RefreshVerdict::repeat;
  bool const is_forgiven = attempt.is_successor_unused && since < attempt.reuse_leeway;
  return is_forgiven ? RefreshVerdict::refuse : RefreshVerdict::reused;
}

}  // namespace insighta::identity
