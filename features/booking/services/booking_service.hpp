#pragma once

#include "booking/domain/booking_event.hpp"
#include "booking/domain/booking_list.hpp"
#include "booking/domain/subscription.hpp"
#include "booking/services/commands.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace insighta::booking {

class BookingRepository;
class BookingSetup;
class ClaimRepository;
class CreditService;
class DiscoveryRepository;
class EventRepository;
class SubscriptionRepository;
struct Pair;

/// What is booked, apart from when.
struct BookingWish {
  TrainerId trainer_id;
  Contact contact;
  std::string client_tz;  ///< an IANA name
  std::optional<SubscriptionId> subscription_id;
  std::optional<ClientId> client_id;  ///< for admins
};

struct NewBooking {
  BookingWish wish;
  Instant start;
};

struct NewSeries {
  BookingWish wish;
  Instant start;
  int count = 2;  ///< weeks, 2..52
  bool skips_conflicts = false;
};

struct MadeBooking {
  Booking booking;
  std::int64_t balance = 0;  ///< credits left of the subscription
};

struct SkippedStart {
  Instant start;
  Error why;
};

struct MadeSeries {
  SeriesId id;
  std::vector<Booking> bookings;
  std::vector<SkippedStart> skipped;
  std::int64_t balance = 0;
};

/// Which bookings somebody asks for, within those that they may see.
struct BookingQuestion {
  std::optional<ClientId> client;
  std::optional<TrainerId> trainer;
  std::optional<BookingStatus> status;
  std::optional<Instant> from;
  std::optional<Instant> to;
  bool is_newest_first = false;
};

/// Making bookings and looking at them. One per event loop.
class BookingService {
 public:
  struct Parts {
    BookingSetup& setup;
    BookingRepository& bookings;
    ClaimRepository& claims;
    CreditService& credits;
    DiscoveryRepository& calls;
    EventRepository& events;
    SubscriptionRepository& subscriptions;
    bool requires_discovery_call = true;
  };
  explicit BookingService(Parts parts) : parts_(parts) {}

  /// The claim, the credit, the session and the event, or nothing. 403 for who is no client, 404
  /// for no trainer, 409 `TRAINER_NOT_BOOKABLE`, `DISCOVERY_REQUIRED`, `INSUFFICIENT_CREDITS`,
  /// `SLOT_TAKEN`, `CLIENT_BUSY`, 422 as check_start says. The client's own
  /// hold of that time gives way, live or expired.
  Task<Result<MadeBooking>> book(Command const& command, NewBooking const& wanted);
  /// The same local time of the trainer, week after week: all of it, or with skips_conflicts what
  /// there is. Else the first conflict's code, naming every date.
  Task<Result<MadeSeries>> book_series(Command const& command, NewSeries const& wanted);

  /// 404; 403 for who has no part in it.
  Task<Result<Booking>> get(Caller const& caller, BookingId id);
  Task<BookingPage> list(Caller const& caller, BookingQuestion const& question, std::int64_t limit,
                         std::int64_t offset);
  Task<Result<std::vector<BookingEvent>>> events(Caller const& caller, BookingId id);
  Task<BookingStats> stats(Instant from, Instant to);

 private:
  /// What one pair's bookings are made of.
  struct Basis;

  Task<Result<Basis>> prepare(Command const& command, BookingWish const& wish, Instant start);
  /// Nothing is charged here.
  Task<Result<Booking>> claim_time(Command const& command, BookingWish const& wish,
                                   Basis const& basis, Instant start);
  Task<Result<void>> store(Command const& command, Booking const& booking, Basis& basis);

  Parts parts_;
};

}  // namespace insighta::booking
