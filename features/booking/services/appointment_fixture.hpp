#pragma once

#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/booking_repository.hpp"
#include "booking/repositories/caller_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/client_profile_repository.hpp"
#include "booking/repositories/discovery_repository.hpp"
#include "booking/repositories/event_repository.hpp"
#include "booking/repositories/idempotency_repository.hpp"
#include "booking/repositories/people_fixture.hpp"
#include "booking/repositories/reminder_repository.hpp"
#include "booking/repositories/review_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "booking/services/booking_change_service.hpp"
#include "booking/services/booking_service.hpp"
#include "booking/services/booking_setup.hpp"
#include "booking/services/credit_service.hpp"
#include "booking/services/discovery_service.hpp"
#include "booking/services/hold_service.hpp"
#include "booking/services/review_service.hpp"
#include "booking/services/session_service.hpp"
#include "booking/services/sweeper.hpp"
#include "platform/postgres/blocking_session.hpp"
#include "platform/testing/postgres_test.hpp"

#include <functional>
#include <string>

namespace insighta::booking {

/// A trainer who works around the clock in UTC, two clients with credits, and an admin, on a
/// database of their own, with a clock that stands still.
class AppointmentTest : public testing::PostgresTest {
 protected:
  using Actor = identity::Actor;
  using Role = identity::Role;
  template <class T>
  using Act = std::function<Task<Result<T>>(Command const&)>;

  struct Client {
    Actor actor;
    ClientId id;
    SubscriptionId subscription;
  };

  /// One write, as a handler would run it.
  template <class T>
  Task<Result<T>> acting(Actor const& actor, Act<T> act) {
    auto const at = clock.now();
    auto const body = [&](Transaction& tx) -> Task<Result<T>> {
      auto caller = co_await callers.find(tx, actor.user_id);
      caller.is_admin = actor.roles.has(Role::admin);
      Command const command{actor, caller, at, if_match, tx};
      co_return co_await act(command);
    };
    co_return co_await database().run<T>(body);
  }

  Task<Result<DiscoveryCall>> booking_call(Client const& client, Instant start) {
    NewCall const wanted{.trainer_id = trainer_id,
                         .start = start,
                         .contact = {ContactMode::zoom, "me@example.com"},
                         .goals = "run a marathon",
                         .client_id = {}};
    co_return co_await acting<DiscoveryCall>(
        client.actor, [&](Command const& command) { return calls.book(command, wanted); });
  }
  DiscoveryCall a_call(Client const& client, Instant start) {
    return await(booking_call(client, start)).value();
  }
  Result<DiscoveryCall> change(Actor const& actor, Act<DiscoveryCall> act) {
    return await(acting<DiscoveryCall>(actor, std::move(act)));
  }
  Result<Attendance> attend(Actor const& actor, Act<Attendance> act) {
    return await(acting<Attendance>(actor, std::move(act)));
  }
  Result<ClosedBooking> close(Actor const& actor, Act<ClosedBooking> act) {
    return await(acting<ClosedBooking>(actor, std::move(act)));
  }

  /// Of an hour, paid, with its claim, event and reminders.
  Booking a_booking(Client const& client, Instant start) {
    using namespace std::chrono_literals;
    Booking const booking{.id = BookingId::make(clock.now()),
                          .client_id = client.id,
                          .trainer_id = trainer_id,
                          .subscription_id = client.subscription,
                          .discovery_call_id = {},
                          .series_id = {},
                          .time = {start, start + 60min},
                          .client_tz = "UTC",
                          .contact = {ContactMode::zoom, "me@example.com"},
                          .cancellation = {},
                          .closed_at = {},
                          .created_at = clock.now(),
                          .session_id = SessionId::make(clock.now())};
    return await(acting<Booking>(client.actor,
                                 [&](Command const& command) { return book(command, booking); }))
        .value();
  }
  Booking stored(BookingId id) { return await(bookings.find(id)).value(); }

  Result<Attendance> start(Booking const& booking) {
    return attend(tara, [&](Command const& c) { return sessions.start(c, booking.session_id); });
  }
  Result<Attendance> join(Client const& client, Booking const& booking) {
    return attend(client.actor,
                  [&](Command const& c) { return sessions.join(c, booking.session_id); });
  }
  Result<Attendance> complete(Booking const& booking) {
    return attend(tara, [&](Command const& c) { return sessions.complete(c, booking.session_id); });
  }
  Result<ClosedBooking> report_no_show(Actor const& actor, Booking const& booking) {
    return close(actor, [&](Command const& c) { return sessions.report_no_show(c, booking.id); });
  }
  Result<ClosedBooking> correct(Booking const& booking, BookingStatus to) {
    return close(ada, [&](Command const& c) { return sessions.correct(c, booking.id, to); });
  }
  /// A booking whose session took place.
  Booking a_completed_booking(Client const& client, Instant begin) {
    auto const booking = a_booking(client, begin);
    clock.set(begin);
    start(booking).value();
    complete(booking).value();
    return stored(booking.id);
  }

  std::int64_t count(std::string const& sql) {
    return std::stoll(
        postgres::BlockingSession(owner_connection_string()).execute(sql).at(0).at(0));
  }
  std::int64_t balance_of(Client const& client) {
    return await(subscriptions.find(client.subscription)).value().balance;
  }

  template <class T>
  static std::string code(Result<T> const& result) {
    return result ? "granted" : result.error().code;
  }

  std::optional<std::int64_t> if_match;  ///< of the next writes
  ManualClock clock{*parse_rfc3339("2027-05-01T00:00:00Z")};
  TrainerRepository trainers{database()};
  AvailabilityRepository availability{database()};
  ClientProfileRepository profiles{database()};
  CallerRepository callers{database()};
  ClaimRepository claims{database()};
  EventRepository events{database()};
  DiscoveryRepository call_store{database()};
  BookingRepository bookings{database()};
  SubscriptionRepository subscriptions{database()};
  ReviewRepository review_store{database()};
  ReminderRepository reminders{database()};
  IdempotencyRepository answers{database()};
  BookingSetup setup{trainers, availability, claims, profiles};
  CreditService credits{subscriptions, database()};
  DiscoveryService calls{
      {setup, call_store, trainers, availability, profiles, claims, events, database()}};
  SessionService sessions{{bookings, subscriptions, credits, claims, events, database()}};
  ReviewService reviews{review_store, bookings, trainers};
  BookingService making{
      {setup, bookings, claims, credits, call_store, events, subscriptions, false}};
  BookingChangeService changes{
      {setup, availability, bookings, claims, credits, events, subscriptions, trainers}};
  HoldService holds{setup, claims, call_store, false};
  Sweeper sweeper{{claims, calls, sessions, credits, reminders, answers}};

  Actor tara = a_person("tara", Role::trainer);
  TrainerId trainer_id = a_trainer(tara);
  Actor ada = a_person("ada", Role::admin);
  Client cleo = a_client("cleo");
  Client carl = a_client("carl");

 private:
  Actor a_person(std::string const& login, Role role) {
    auto const id = UserId::make(clock.now());
    execute(people::person(id, login, to_string(role)));
    return {.user_id = id, .session_id = {}, .client_id = {}, .roles = {role}, .scopes = {}};
  }

  TrainerId a_trainer(Actor const& actor) {
    auto const id = TrainerId::make(clock.now());
    execute(people::trainer(id, actor.user_id));
    execute(people::work_around_the_clock(id));
    return id;
  }

  Client a_client(std::string const& login) {
    Client const client{.actor = a_person(login, Role::client),
                        .id = ClientId::make(clock.now()),
                        .subscription = SubscriptionId::make(clock.now())};
    execute(people::client(client.id, client.actor.user_id, login));
    execute(people::subscription(client.subscription, client.id, trainer_id));
    return client;
  }

  Task<Result<Booking>> book(Command const& command, Booking booking) {
    auto& tx = command.tx;
    auto subscription = co_await subscriptions.lock(tx, booking.subscription_id);
    Claim const claim{.id = ClaimId::make(command.at),
                      .trainer_id = trainer_id,
                      .client_id = booking.client_id,
                      .during = booking.time,
                      .kind = ClaimKind::booking,
                      .owner_id = booking.id.value,
                      .expires_at = {}};
    CO_TRY_VOID(co_await setup.take(tx, claim, command.at));
    co_await bookings.insert(tx, booking);
    CO_TRY_VOID(co_await credits.debit(tx, *subscription, booking.id, command.at, {}));
    NewEvent const booked{.kind = "booked", .author = command.as(Party::client), .at = command.at};
    co_await events.append(tx, booking.id, booked);
    co_await events.set_reminders(tx, booking.id.value, booking.time.start, command.at);
    co_return booking;
  }
};

}  // namespace insighta::booking
