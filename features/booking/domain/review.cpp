#include "booking/domain/review.hpp"

#include "booking/domain/policy.hpp"

namespace insighta::booking {

Result<void> may_change(Review const& review, Instant at) {
  if (at > review.created_at + policy::review_window)
    return fail(conflict("A review can be changed within 14 days", "TOO_LATE"));
  return {};
}

}  // namespace insighta::booking
