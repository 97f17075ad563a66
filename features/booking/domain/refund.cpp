#include "booking/domain/refund.hpp"

#include <array>

namespace insighta::booking {

namespace {
constexpr std::array<std::string_view, 3> words = {"none", "credited", "forfeited"};
}

std::string_view to_string(RefundOutcome outcome) {
  return words[static_cast<std::size_t>(outcome)];
}

std::optional<RefundOutcome> parse_refund_outcome(std::string_view text) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == text) return static_cast<RefundOutcome>(i);
  return {};
}

RefundDecision decide_refund(Instant scheduled_start, Instant decided_at, Party canceller,
                             std::chrono::microseconds window) {
  auto const notice = scheduled_start - decided_at;
  bool const is_forfeited = canceller == Party::client && notice <= window;
  return {notice, is_forfeited ? RefundOutcome::forfeited : RefundOutcome::credited};
}

Instant refund_deadline(Instant scheduled_start, std::chrono::microseconds window) {
  return scheduled_start - window;
}

std::string_view refund_reason(RefundDecision const& decision, Party canceller) {
  if (decision.outcome == RefundOutcome::forfeited) return "within_12_hours";
  switch (canceller) {
    case Party::client:
      return "in_time";
    case Party::trainer:
      return "cancelled_by_trainer";
    case Party::admin:
      return "cancelled_by_admin";
    case Party::system:
      return "cancelled_by_system";
  }
  return "";
}

}  // namespace insighta::booking
