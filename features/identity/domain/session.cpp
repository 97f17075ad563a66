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
  if (is_same_attempt)
    return attempt.is_successor_unused && since <= repeat_window ? RefreshVerdict::repeat
                                                                 : RefreshVerdict::refuse;
  bool const is_forgiven = attempt.is_successor_unused && since < attempt.reuse_leeway;
  return is_forgiven ? RefreshVerdict::refuse : RefreshVerdict::reused;
}

}  // namespace insighta::identity
