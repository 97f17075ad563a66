#pragma once

#include "booking/domain/booking.hpp"

namespace insighta::booking {

/// Its trainer or an admin (403 else), from 15 minutes before the start (409 `TOO_EARLY`), while
/// the booking is confirmed and nobody has started it (409 `INVALID_TRANSITION`).
Result<void> may_start(Booking const& booking, TrainingSession const& session, Party by,
                       Instant at);
/// Its client (403 else), once, after it was started (409 `INVALID_TRANSITION`).
Result<void> may_join(TrainingSession const& session, Party by);
/// Its trainer or an admin (403 else), after it was started (409 `INVALID_TRANSITION`).
Result<void> may_complete(TrainingSession const& session, Party by);
/// Its trainer (403 else), after it was completed (409 `INVALID_TRANSITION`).
Result<void> may_write_notes(TrainingSession const& session, Party by);

/// Whether it is still confirmed 15 minutes after its end, so that the sweeper closes it.
bool is_unattended(Booking const& booking, Instant now);

}  // namespace insighta::booking
