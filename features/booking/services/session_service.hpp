#pragma once

#include "booking/domain/booking.hpp"
#include "booking/domain/booking_event.hpp"
#include "booking/domain/subscription.hpp"
#include "booking/services/commands.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::booking {

class BookingRepository;
class ClaimRepository;
class CreditService;
class EventRepository;
class SubscriptionRepository;

/// A session, and the booking that it belongs to.
struct Attendance {
  Booking booking;
  TrainingSession session;
};

/// A booking that was closed, and the credits that its subscription has then.
struct ClosedBooking {
  Booking booking;
  std::int64_t balance = 0;
};

/// What takes place when a booking's time comes: sessions, absences and their correction. One per
/// event loop. Of a session that is not there: 404; for somebody without a part in it: 403.
class SessionService {
 public:
  struct Parts {
    BookingRepository& bookings;
    SubscriptionRepository& subscriptions;
    CreditService& credits;
    ClaimRepository& claims;
    EventRepository& events;
    Transactions& transactions;
  };
  explicit SessionService(Parts parts) : parts_(parts) {}

  /// Its client, its trainer and admins, notes included.
  Task<Result<Attendance>> get(Caller const& caller, SessionId id);

  /// Its trainer or an admin; 409 `TOO_EARLY` until 15 minutes before the start,
  /// `INVALID_TRANSITION`.
  Task<Result<Attendance>> start(Command const& command, SessionId id);
  /// Its client; 409 `INVALID_TRANSITION` unless it was started, and when they were there before.
  Task<Result<Attendance>> join(Command const& command, SessionId id);
  /// Its trainer or an admin, once it was started; the client was there, also unannounced.
  Task<Result<Attendance>> complete(Command const& command, SessionId id);
  /// Its trainer, once it was completed; they replace earlier ones.
  Task<Result<Attendance>> write_notes(Command const& command, SessionId id, std::string notes);

  /// As decide_no_show says. When the trainer was absent the credit comes back.
  Task<Result<ClosedBooking>> report_no_show(Command const& command, BookingId id);
  /// For admins, as decide_correction says; the ledger follows.
  Task<Result<ClosedBooking>> correct(Command const& command, BookingId id, BookingStatus to);

  /// Closes the confirmed bookings that ended 15 minutes ago or earlier, each in a transaction of
  /// its own. Any number may run at once. Gives how many it closed.
  Task<std::int64_t> sweep(Instant now);

 private:
  /// What a change holds: the booking's lock, and before it the subscription's where credits move.
  struct Held {
    Attendance attendance;
    std::optional<Subscription> subscription;
    Party by = Party::system;
  };
  enum class Locks : std::uint8_t { booking, subscription_too };

  Task<std::optional<Held>> lock(Transaction& tx, BookingId id, Locks locks);
  Task<Result<Held>> hold(Command const& command, BookingId id, Locks locks);
  Task<Result<Held>> hold(Command const& command, SessionId id);
  /// Stores both and appends the event.
  Task<void> store(Transaction& tx, Attendance& attendance, NewEvent const& event);
  /// Closes a confirmed booking with this status: its session, its credit, its time.
  Task<void> close(Transaction& tx, Held& held, BookingStatus status, NewEvent const& event);
  Task<Result<void>> balance_correction(Command const& command, Held& held, int delta);
  Task<bool> close_if_left(BookingId id, Instant now);

  Parts parts_;
};

}  // namespace insighta::booking
