#pragma once

#include "booking/domain/booking_ids.hpp"
#include "booking/domain/contact.hpp"
#include "booking/domain/interval.hpp"
#include "booking/domain/party.hpp"
#include "platform/outcome/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::booking {

enum class CallStatus : std::uint8_t { confirmed, cancelled, completed, no_show };
std::string_view to_string(CallStatus status);
std::optional<CallStatus> parse_call_status(std::string_view text);

/// Who did not come to a call; unknown when nobody closed it.
enum class Absentee : std::uint8_t { client, trainer, unknown };
std::string_view to_string(Absentee absentee);
std::optional<Absentee> parse_absentee(std::string_view text);

/// The first talk of a client with a trainer; completed, it opens booking.
struct DiscoveryCall {
  CallId id;
  ClientId client_id;
  TrainerId trainer_id;
  Interval time;
  Contact contact;
  std::string goals;
  CallStatus status = CallStatus::confirmed;
  int reschedule_count = 0;
  std::optional<std::string> outcome_notes;
  std::optional<Absentee> absent;
  /// Another call with this trainer may be booked although this one was not cancelled.
  bool is_right_restored = false;
  std::optional<Party> cancelled_by;
  std::optional<std::string> cancel_reason;
  std::optional<Instant> cancelled_at;
  std::optional<Instant> closed_at;
  std::int64_t version = 1;
  Instant created_at;
  std::string client_name = {};   ///< as it is when the call is read
  std::string trainer_name = {};  ///< the same
};

/// Its client: more than 12 hours before, fewer than 3 moves; an admin: without lock or limit; 403
/// for its trainer. 409 `RESCHEDULE_LOCKED`, `RESCHEDULE_LIMIT`, `ALREADY_CANCELLED`,
/// `SESSION_STARTED`, `INVALID_TRANSITION`.
Result<void> may_reschedule(DiscoveryCall const& call, Party by, Instant at);
/// Before its start, by anybody who has a part in it.
Result<void> may_cancel(DiscoveryCall const& call, Instant at);
/// From its start on, by its trainer or an admin (403 else); 409 `TOO_EARLY`.
Result<void> may_complete(DiscoveryCall const& call, Party by, Instant at);
/// Who was absent, by who reports it: 10 minutes after the start or later (409 `TOO_EARLY`). A
/// client reports the trainer, anybody else the client.
Result<Absentee> decide_no_show(DiscoveryCall const& call, Party by, Instant at);
/// Whether nobody closed it within 24 hours of its start, so that the sweeper does.
bool is_unclosed(DiscoveryCall const& call, Instant now);
/// Whether the right to another call can be given back: after a no-show that cost it. 409
/// `INVALID_TRANSITION`.
Result<void> may_restore(DiscoveryCall const& call);

}  // namespace insighta::booking
