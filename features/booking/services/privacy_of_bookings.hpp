#pragma once

#include "booking/domain/subscription.hpp"
#include "identity/services/personal_records.hpp"

namespace insighta::booking {

class BookingChangeService;
class CallerRepository;
class DiscoveryService;
class PersonalDataRepository;
class SubscriptionRepository;

/// What this feature keeps of a person (spec auth.md section 8). Who leaves: their appointments to
/// come are cancelled by the system, with the credit back; a client's subscriptions end, those with
/// a trainer are not renewed. Contacts, notes and texts go; appointments, ratings and the ledger
/// stay under the pseudonym. One per event loop.
class PrivacyOfBookings : public identity::PersonalRecords {
 public:
  struct Parts {
    PersonalDataRepository& data;
    CallerRepository& callers;
    SubscriptionRepository& subscriptions;
    BookingChangeService& bookings;
    DiscoveryService& calls;
  };
  explicit PrivacyOfBookings(Parts parts) : parts_(parts) {}

  std::string_view name() const override { return "booking"; }
  Task<std::string> collect(UserId person) override;
  Task<void> forget(Transaction& tx, UserId person, Instant now) override;

 private:
  Task<void> end(Transaction& tx, SubscriptionId id, std::optional<ClientId> leaving, Instant now);

  Parts parts_;
};

}  // namespace insighta::booking
