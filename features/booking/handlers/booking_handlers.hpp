#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/booking_change_service.hpp"
#include "booking/services/booking_service.hpp"
#include "booking/services/hold_service.hpp"

#include <vector>

namespace insighta::booking {

/// Holds and bookings: make, look at, move, cancel.
class BookingHandlers {
 public:
  BookingHandlers(Commands& commands, BookingService& bookings, BookingChangeService& changes,
                  HoldService& holds, Clock const& clock)
      : commands_(commands), bookings_(bookings), changes_(changes), holds_(holds), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  using Request = http::Request;
  using Response = http::Response;
  using Actor = identity::Actor;

  Task<Response> hold(Request& request, Actor const& actor);
  Task<Response> get_hold(Request& request, Actor const& actor);
  Task<Response> release(Request& request, Actor const& actor);
  Task<Response> list(Request& request, Actor const& actor);
  Task<Response> book(Request& request, Actor const& actor);
  Task<Response> book_series(Request& request, Actor const& actor);
  Task<Response> stats(Request& request, Actor const& actor);
  Task<Response> get(Request& request, Actor const& actor);
  Task<Response> events(Request& request, Actor const& actor);
  Task<Response> preview(Request& request, Actor const& actor);
  Task<Response> reschedule(Request& request, Actor const& actor);
  Task<Response> cancel(Request& request, Actor const& actor);

  Commands& commands_;
  BookingService& bookings_;
  BookingChangeService& changes_;
  HoldService& holds_;
  Clock const& clock_;
};

}  // namespace insighta::booking
