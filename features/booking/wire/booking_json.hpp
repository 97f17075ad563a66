#pragma once

#include "booking/domain/booking_event.hpp"
#include "booking/domain/booking_list.hpp"
#include "booking/services/booking_change_service.hpp"
#include "booking/services/booking_service.hpp"
#include "booking/services/hold_service.hpp"
#include "platform/listing/list_page.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::booking::wire {

std::string booking_answer(Booking const& booking);
/// With the credits that are left.
std::string booking_answer(Booking const& booking, std::int64_t balance);
/// With `refund`: how many credits came back, and why.
std::string cancellation_answer(CancelledBooking const& cancelled);
std::string series_answer(MadeSeries const& series);
std::string bookings_answer(std::vector<Booking> const& bookings, listing::ListPage const& page);
std::string preview_answer(CancellationPreview const& preview);
std::string events_answer(std::vector<BookingEvent> const& events);
std::string stats_answer(BookingStats const& stats, Instant from, Instant to);
std::string hold_answer(Hold const& hold);

}  // namespace insighta::booking::wire
