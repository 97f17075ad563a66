#pragma once

#include "booking/domain/party.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <string>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Everything of one person, client or trainer or both, across the tables of this feature.
class PersonalDataRepository {
 public:
  explicit PersonalDataRepository(postgres::Database& database) : database_(database) {}

  /// One JSON document. Of appointments that they give as a trainer, without the client's contacts.
  Task<std::string> collect(UserId person);

  /// Every one in which they have a part, in the order of their ids.
  Task<std::vector<SubscriptionId>> lock_subscriptions(Transaction& tx, Caller const& person);
  /// Confirmed and beginning behind `now`; not locked.
  Task<std::vector<BookingId>> upcoming_bookings(Transaction& tx, Caller const& person,
                                                 Instant now);
  Task<std::vector<CallId>> upcoming_calls(Transaction& tx, Caller const& person, Instant now);

  /// Blanks what tells of them. Rows that the event log describes keep their versions: what is
  /// blanked is not in it.
  Task<void> forget(Transaction& tx, Caller const& person);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
