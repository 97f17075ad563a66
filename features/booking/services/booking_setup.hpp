#pragma once

#include "booking/domain/availability.hpp"
#include "booking/domain/booking.hpp"
#include "booking/domain/trainer.hpp"
#include "booking/services/commands.hpp"

#include <optional>

namespace insighta::booking {

class AvailabilityRepository;
class ClaimRepository;
class ClientProfileRepository;
class TrainerRepository;
struct Claim;

/// Whose time an appointment takes, and by whose will.
struct Pair {
  ClientId client;
  Trainer trainer;
  Party by = Party::client;
  Availability availability = {};
};

/// What making and moving appointments have in common. One per event loop.
class BookingSetup {
 public:
  BookingSetup(TrainerRepository& trainers, AvailabilityRepository& availability,
               ClaimRepository& claims, ClientProfileRepository& clients)
      : trainers_(trainers), availability_(availability), claims_(claims), clients_(clients) {}

  /// The client of a request: the caller, or for an admin the one that is named (400 when none is).
  /// 403 for who is no client, or names somebody else.
  static Result<ClientId> client_of(Command const& command, std::optional<ClientId> named);

  /// The trainer and the availability around `start`. 404 for no trainer and no client, 409
  /// `TRAINER_NOT_BOOKABLE`, 422 for a client who is the trainer.
  Task<Result<Pair>> read(Command const& command, ClientId client, TrainerId trainer,
                          Instant start);
  /// Takes the time for `claim`, or says who has it: 409 `SLOT_TAKEN`, `CLIENT_BUSY`.
  Task<Result<void>> take(Transaction& tx, Claim const& claim, Instant now);

 private:
  /// Whether these may train together; the client is there for sure when it is the caller.
  Task<Result<void>> check_client(Command const& command, ClientId client, Trainer const& trainer);

  TrainerRepository& trainers_;
  AvailabilityRepository& availability_;
  ClaimRepository& claims_;
  ClientProfileRepository& clients_;
};

}  // namespace insighta::booking
