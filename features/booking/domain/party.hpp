#pragma once

#include "booking/domain/booking_ids.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace insighta::booking {

/// In what part somebody acts on an appointment.
enum class Party : std::uint8_t { client, trainer, admin, system };
std::string_view to_string(Party party);
std::optional<Party> parse_party(std::string_view text);

/// Who acts: read from the database in the transaction that acts. A person may be both client and
/// trainer; which part counts follows from the appointment.
struct Caller {
  UserId user_id;
  std::optional<ClientId> client_id;
  std::optional<TrainerId> trainer_id;
  bool is_admin = false;

  /// Their part in an appointment of these two: its client, its trainer, an admin, or nothing.
  std::optional<Party> part_in(ClientId client, TrainerId trainer) const;
};

/// Who did it, for the event log.
struct Author {
  std::optional<UserId> user_id;  ///< nobody for the system
  Party party = Party::system;
};

}  // namespace insighta::booking
