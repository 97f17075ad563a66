#include "booking_parts.hpp"

#include "platform/postgres/database.hpp"
#include "route_lists.hpp"

namespace insighta::api {

BookingParts::BookingParts(Surroundings around)
    : clock_(around.clock),
      availability_store_(around.database),
      booking_store_(around.database),
      callers_(around.database),
      claims_(around.database),
      client_store_(around.database),
      call_store_(around.database),
      events_(around.database),
      answers_(around.database),
      integrity_store_(around.database),
      personal_data_(around.database),
      plan_store_(around.database),
      reminders_(around.database),
      review_store_(around.database),
      subscription_store_(around.database),
      trainer_store_(around.database),
      commands_(answers_, callers_, around.database),
      slots_(availability_store_, claims_),
      setup_(trainer_store_, availability_store_, claims_, client_store_),
      credits_(subscription_store_, around.database),
      trainers_(trainer_store_, slots_, around.accounts, clock_),
      clients_(client_store_, around.accounts),
      availability_(trainer_store_, availability_store_, claims_, slots_, clock_),
      calls_({setup_, call_store_, trainer_store_, availability_store_, client_store_, claims_,
              events_, around.database}),
      plans_(plan_store_),
      subscriptions_(subscription_store_, plan_store_),
      payments_(around.config.stripe_webhook_secret.reveal(), subscription_store_, plan_store_,
                around.database),
      holds_(setup_, claims_, call_store_, around.config.needs_discovery_call),
      bookings_({setup_, booking_store_, claims_, credits_, call_store_, events_,
                 subscription_store_, around.config.needs_discovery_call}),
      changes_({setup_, availability_store_, booking_store_, claims_, credits_, events_,
                subscription_store_, trainer_store_}),
      sessions_({booking_store_, subscription_store_, credits_, claims_, events_, around.database}),
      reviews_(review_store_, booking_store_, trainer_store_),
      integrity_(integrity_store_),
      privacy_({personal_data_, callers_, subscription_store_, changes_, calls_}),
      sweeper_({claims_, calls_, sessions_, credits_, reminders_, answers_}),
      trainer_handlers_(commands_, trainers_, clock_),
      client_handlers_(commands_, clients_, clock_),
      availability_handlers_(commands_, availability_, clock_),
      discovery_handlers_(commands_, calls_, clock_),
      plan_handlers_(commands_, plans_, clock_),
      subscription_handlers_(commands_, subscriptions_, clock_),
      payment_webhook_(payments_, clock_),
      booking_handlers_(commands_, bookings_, changes_, holds_, clock_),
      session_handlers_(commands_, sessions_, clock_),
      review_handlers_(commands_, reviews_, clock_),
      integrity_handlers_(integrity_) {}

std::vector<booking::GuardedRoute> BookingParts::api_routes() {
  return together(trainer_handlers_.api_routes(), client_handlers_.api_routes(),
                  availability_handlers_.api_routes(), discovery_handlers_.api_routes(),
                  plan_handlers_.api_routes(), subscription_handlers_.api_routes(),
                  booking_handlers_.api_routes(), session_handlers_.api_routes(),
                  review_handlers_.api_routes(), integrity_handlers_.api_routes());
}

}  // namespace insighta::api
