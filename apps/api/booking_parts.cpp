#include "booking_parts.hpp"

#include "platform/postgres/database.hpp"
#include "route_lists.hpp"

namespace insighta::api {

BookingParts::BookingParts(Surroundings around)
    : around_(around),
      callers_(around.database),
      answers_(around.database),
      integrity_store_(around.database),
      commands_(answers_, callers_, around.database),
      integrity_(integrity_store_),
      integrity_handlers_(integrity_) {}

std::vector<booking::GuardedRoute> BookingParts::api_routes() {
  return together(integrity_handlers_.routes());
}

Task<void> BookingParts::work() {
  co_await answers_.delete_expired(around_.clock.now());
}

}  // namespace insighta::api
