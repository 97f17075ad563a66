#pragma once

#include "booking/domain/booking.hpp"
#include "booking/services/commands.hpp"

#include <optional>

namespace insighta::booking {

class BookingSetup;
class ClaimRepository;
class DiscoveryRepository;

/// What a hold asks for.
struct NewHold {
  TrainerId trainer_id;
  Instant start;
  std::optional<ClientId> client_id;  ///< for admins
};

/// A time that is kept for a client until it expires.
struct Hold {
  ClaimId id;
  TrainerId trainer_id;
  ClientId client_id;
  Interval time;
  Instant expires_at;
};

/// Holds: 300 seconds to make up one's mind. One per event loop.
class HoldService {
 public:
  HoldService(BookingSetup& setup, ClaimRepository& claims, DiscoveryRepository& calls,
              bool requires_discovery_call)
      : setup_(setup),
        claims_(claims),
        calls_(calls),
        requires_discovery_call_(requires_discovery_call) {}

  /// Obeys every rule of booking but credits; takes the place of the pair's earlier hold.
  Task<Result<Hold>> hold(Command const& command, NewHold const& wanted);
  /// 404 when it expired or is somebody else's.
  Task<Result<Hold>> get(Caller const& caller, ClaimId id, Instant now);
  Task<Result<void>> release(Command const& command, ClaimId id);

 private:
  BookingSetup& setup_;
  ClaimRepository& claims_;
  DiscoveryRepository& calls_;
  bool const requires_discovery_call_;
};

}  // namespace insighta::booking
