#pragma once

#include "booking/domain/booking.hpp"
#include "booking/domain/subscription.hpp"
#include "booking/domain/trainer.hpp"
#include "booking/services/commands.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::booking {

class AvailabilityRepository;
class BookingRepository;
class BookingSetup;
class ClaimRepository;
class CreditService;
class EventRepository;
class SubscriptionRepository;
class TrainerRepository;

struct NewTime {
  Instant start;
  std::string reason;
};

struct CancellationWish {
  std::string reason;
  std::optional<std::string> notes;
};

struct CancelledBooking {
  Booking booking;
  std::int64_t balance = 0;
};

/// What a cancellation by the asker would lead to now.
struct CancellationPreview {
  RefundDecision decision;
  Instant deadline;  ///< from here on a client forfeits the credit
  std::string_view reason;
};

/// Moving and cancelling bookings. One per event loop.
class BookingChangeService {
 public:
  struct Parts {
    BookingSetup& setup;
    AvailabilityRepository& availability;
    BookingRepository& bookings;
    ClaimRepository& claims;
    CreditService& credits;
    EventRepository& events;
    SubscriptionRepository& subscriptions;
    TrainerRepository& trainers;
  };
  explicit BookingChangeService(Parts parts) : parts_(parts) {}

  /// To another start, as long as before; credits stay untouched. 404, 403 for who has no part,
  /// 412, may_reschedule's refusals, 422 as check_start says, 409 `SLOT_TAKEN`, `CLIENT_BUSY`; the
  /// old time is kept then. A client moves only to a trainer who is bookable.
  Task<Result<Booking>> reschedule(Command const& command, BookingId id, NewTime const& wanted);
  /// The claim, the session, the refund decision and its entry, or nothing. 404, 403, 412,
  /// decide_cancellation's refusals.
  Task<Result<CancelledBooking>> cancel(Command const& command, BookingId id,
                                        CancellationWish const& wish);
  /// By the system, for a reason that is nobody's wish; the credit comes back. False when it can no
  /// longer be cancelled.
  Task<bool> withdraw(Transaction& tx, BookingId id, std::string reason, Instant at);
  Task<Result<CancellationPreview>> preview(Caller const& caller, BookingId id, Instant now);

 private:
  /// What a cancellation that was decided consists of.
  Task<void> carry_out(Transaction& tx, Booking& booking, Subscription& subscription,
                       RefundDecision const& decision, Cancellation cancellation, Author author);
  Task<Result<Trainer>> check_new_time(Command const& command, Booking const& booking, Party by,
                                       Instant start);
  Task<Result<void>> swap_claims(Command const& command, Booking const& booking,
                                 std::chrono::minutes gap);

  Parts parts_;
};

}  // namespace insighta::booking
