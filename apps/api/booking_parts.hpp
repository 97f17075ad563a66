#pragma once

#include "booking/handlers/availability_handlers.hpp"
#include "booking/handlers/booking_handlers.hpp"
#include "booking/handlers/client_profile_handlers.hpp"
#include "booking/handlers/discovery_handlers.hpp"
#include "booking/handlers/integrity_handlers.hpp"
#include "booking/handlers/payment_webhook.hpp"
#include "booking/handlers/plan_handlers.hpp"
#include "booking/handlers/review_handlers.hpp"
#include "booking/handlers/session_handlers.hpp"
#include "booking/handlers/subscription_handlers.hpp"
#include "booking/handlers/trainer_handlers.hpp"
#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/booking_repository.hpp"
#include "booking/repositories/caller_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/client_profile_repository.hpp"
#include "booking/repositories/discovery_repository.hpp"
#include "booking/repositories/event_repository.hpp"
#include "booking/repositories/idempotency_repository.hpp"
#include "booking/repositories/integrity_repository.hpp"
#include "booking/repositories/personal_data_repository.hpp"
#include "booking/repositories/plan_repository.hpp"
#include "booking/repositories/reminder_repository.hpp"
#include "booking/repositories/review_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "booking/services/booking_setup.hpp"
#include "booking/services/credit_service.hpp"
#include "booking/services/privacy_of_bookings.hpp"
#include "booking/services/slot_finder.hpp"
#include "booking/services/sweeper.hpp"
#include "config.hpp"
#include "platform/clock/clock.hpp"

#include <vector>

namespace insighta::identity {
class AccountService;
}

namespace insighta::postgres {
class Database;
}

namespace insighta::api {

/// One thread's bookings: in the order of construction, each thing uses what stands above it.
class BookingParts {
 public:
  struct Surroundings {
    Config const& config;
    Clock const& clock;
    postgres::Database& database;
    identity::AccountService& accounts;  ///< who makes people clients and trainers
  };
  explicit BookingParts(Surroundings around);

  /// What people do with trainers, appointments and credits, for commands that act as they do.
  struct UseCases {
    booking::Commands& commands;
    booking::SlotFinder& slots;
    booking::TrainerService& trainers;
    booking::ClientProfileService& clients;
    booking::AvailabilityService& availability;
    booking::DiscoveryService& calls;
    booking::PlanService& plans;
    booking::SubscriptionService& subscriptions;
    booking::BookingService& bookings;
    booking::BookingChangeService& changes;
    booking::SessionService& sessions;
    booking::ReviewService& reviews;
  };
  UseCases use_cases() {
    return {commands_, slots_,         trainers_, clients_, availability_, calls_,
            plans_,    subscriptions_, bookings_, changes_, sessions_,     reviews_};
  }

  /// Below /api/v1, for signed-in people.
  std::vector<booking::GuardedRoute> api_routes();
  /// Below /api/v1, for who proves themselves in another way.
  http::Route payment_route() { return payment_webhook_.api_route(); }

  /// What is kept of people here.
  identity::PersonalRecords& personal_records() { return privacy_; }

  /// Does all that became due by now, as the clock says, and returns when nothing is left. Any
  /// number of processes may do it at once: they share it.
  Task<void> work() { return sweeper_.run(clock_.now()); }

 private:
  Clock const& clock_;

  booking::AvailabilityRepository availability_store_;
  booking::BookingRepository booking_store_;
  booking::CallerRepository callers_;
  booking::ClaimRepository claims_;
  booking::ClientProfileRepository client_store_;
  booking::DiscoveryRepository call_store_;
  booking::EventRepository events_;
  booking::IdempotencyRepository answers_;
  booking::IntegrityRepository integrity_store_;
  booking::PersonalDataRepository personal_data_;
  booking::PlanRepository plan_store_;
  booking::ReminderRepository reminders_;
  booking::ReviewRepository review_store_;
  booking::SubscriptionRepository subscription_store_;
  booking::TrainerRepository trainer_store_;

  booking::Commands commands_;
  booking::SlotFinder slots_;
  booking::BookingSetup setup_;
  booking::CreditService credits_;
  booking::TrainerService trainers_;
  booking::ClientProfileService clients_;
  booking::AvailabilityService availability_;
  booking::DiscoveryService calls_;
  booking::PlanService plans_;
  booking::SubscriptionService subscriptions_;
  booking::PaymentEvents payments_;
  booking::HoldService holds_;
  booking::BookingService bookings_;
  booking::BookingChangeService changes_;
  booking::SessionService sessions_;
  booking::ReviewService reviews_;
  booking::IntegrityService integrity_;
  booking::PrivacyOfBookings privacy_;
  booking::Sweeper sweeper_;

  booking::TrainerHandlers trainer_handlers_;
  booking::ClientProfileHandlers client_handlers_;
  booking::AvailabilityHandlers availability_handlers_;
  booking::DiscoveryHandlers discovery_handlers_;
  booking::PlanHandlers plan_handlers_;
  booking::SubscriptionHandlers subscription_handlers_;
  booking::PaymentWebhook payment_webhook_;
  booking::BookingHandlers booking_handlers_;
  booking::SessionHandlers session_handlers_;
  booking::ReviewHandlers review_handlers_;
  booking::IntegrityHandlers integrity_handlers_;
};

}  // namespace insighta::api
