#pragma once

#include "booking/services/booking_change_service.hpp"
#include "booking/services/booking_service.hpp"
#include "booking/services/hold_service.hpp"
#include "platform/json/value.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::booking {

/// Bodies and queries of bookings, read; every fault is told with its field (400, 422).
Result<NewHold> read_hold(json::Value const& body);
Result<NewBooking> read_booking(json::Value const& body);
Result<NewSeries> read_series(json::Value const& body);
Result<NewTime> read_new_time(json::Value const& body);
Result<CancellationWish> read_cancellation(json::Value const& body);
/// status, from, to, client_id, trainer_id, order.
Result<BookingQuestion> read_question(listing::ListQuery const& query);
/// from and to, both needed, in order.
Result<Interval> read_window(http::Request const& request);

}  // namespace insighta::booking
