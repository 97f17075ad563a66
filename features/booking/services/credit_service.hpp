#pragma once

#include "booking/domain/subscription.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::booking {

class CreditService {
 public:
  Task<Result<void>> debit(Transaction& tx, Subscription& subscription, BookingId booking,
                           Instant at, std::optional<UserId> actor);
  Task<void> refund(Transaction& tx, Subscription& subscription, BookingId booking,
                    std::string reason, Instant at, std::optional<UserId> actor);
  Task<Result<void>> correct(Transaction& tx, Subscription& subscription, BookingId booking,
                             int delta, Instant at, std::optional<UserId> actor);
  Task<std::int64_t> sweep(Instant now);
};

}  // namespace insighta::booking
