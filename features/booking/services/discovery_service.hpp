#pragma once

#include "booking/domain/booking_event.hpp"
#include "booking/domain/call_list.hpp"
#include "booking/domain/trainer.hpp"
#include "booking/services/commands.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::booking {

class AvailabilityRepository;
class BookingSetup;
class ClaimRepository;
class ClientProfileRepository;
class DiscoveryRepository;
class EventRepository;
class TrainerRepository;

/// A call that is asked for.
struct NewCall {
  TrainerId trainer_id;
  Instant start;
  Contact contact;
  std::string goals;
  std::optional<ClientId> client_id;  ///< for admins
};

/// The first talks of clients with trainers. One per event loop. Of a call that is not there: 404;
/// for somebody without a part in it: 403. To its client it never shows the outcome notes.
class DiscoveryService {
 public:
  struct Parts {
    BookingSetup& setup;
    DiscoveryRepository& calls;
    TrainerRepository& trainers;
    AvailabilityRepository& availability;
    ClientProfileRepository& clients;
    ClaimRepository& claims;
    EventRepository& events;
    Transactions& transactions;
  };
  explicit DiscoveryService(Parts parts) : parts_(parts) {}

  /// The call, its claim and its event, or nothing. 403 for who is no client, 404 for no trainer
  /// and no client, 422 for a client who is the trainer, 409 `TRAINER_NOT_BOOKABLE`,
  /// `DISCOVERY_USED`, `SLOT_TAKEN`, `CLIENT_BUSY`, 422 as check_start says.
  Task<Result<DiscoveryCall>> book(Command const& command, NewCall const& wanted);
  /// As may_reschedule says; a client's new time is measured like a new call's.
  Task<Result<DiscoveryCall>> reschedule(Command const& command, CallId id, Instant start,
                                         std::string reason);
  Task<Result<DiscoveryCall>> cancel(Command const& command, CallId id, std::string reason);
  /// By the system, for a reason that is nobody's wish. False when it can no longer be cancelled.
  Task<bool> withdraw(Transaction& tx, CallId id, std::string reason, Instant at);
  Task<Result<DiscoveryCall>> complete(Command const& command, CallId id,
                                       std::optional<std::string> notes);
  /// When the trainer was absent the right to a call comes back at once.
  Task<Result<DiscoveryCall>> report_no_show(Command const& command, CallId id);
  /// For admins: 403 for everybody else.
  Task<Result<DiscoveryCall>> restore(Command const& command, CallId id);

  Task<Result<DiscoveryCall>> get(Caller const& caller, CallId id);
  /// An admin sees all, others those in which they have a part; the latest start first.
  Task<CallPage> list(Caller const& caller, std::optional<CallStatus> status, std::int64_t limit,
                      std::int64_t offset);

  /// Closes the calls that nobody closed within 24 hours of their start, each in a transaction of
  /// its own: the right to a call comes back. Any number may run at once. Gives how many it closed.
  Task<std::int64_t> sweep(Instant now);

 private:
  /// A locked call and the part of whoever changes it.
  struct Held {
    DiscoveryCall call;
    Party by = Party::client;
  };

  Task<Result<Held>> hold(Command const& command, CallId id);
  /// The trainer. 422 unless the call may begin then; 409 when a client asks for a trainer who is
  /// not bookable.
  Task<Result<Trainer>> check_time(Command const& command, TrainerId trainer, Instant start,
                                   Party by);
  /// Whether these two may have a first talk.
  Task<Result<void>> check_pair(Command const& command, ClientId client, Trainer const& trainer);
  Task<Result<void>> take_time(Command const& command, DiscoveryCall const& call,
                               Trainer const& trainer);
  /// Stores a call that is over in one way or another; its time is free.
  Task<void> close(Transaction& tx, DiscoveryCall& call, NewEvent event);
  Task<bool> close_if_left(CallId id, Instant now);

  Parts parts_;
};

}  // namespace insighta::booking
