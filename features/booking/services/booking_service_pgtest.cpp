#include "booking/repositories/integrity_repository.hpp"
#include "booking/services/appointment_fixture.hpp"
#include "platform/async/when_all.hpp"

#include <fmt/format.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

class Bookings : public AppointmentTest {
 protected:
  BookingWish wish_of(std::optional<ClientId> client = {}) {
    return {.trainer_id = trainer_id,
            .contact = {ContactMode::zoom, "me@example.com"},
            .client_tz = "UTC",
            .subscription_id = {},
            .client_id = client};
  }
  Result<MadeBooking> book(Actor const& actor, Instant start, std::optional<ClientId> client = {}) {
    NewBooking const wanted{wish_of(client), start};
    return await(acting<MadeBooking>(
        actor, [&](Command const& command) { return making.book(command, wanted); }));
  }
  Result<Hold> hold(Actor const& actor, Instant start, std::optional<ClientId> client = {}) {
    NewHold const wanted{trainer_id, start, client};
    return await(
        acting<Hold>(actor, [&](Command const& command) { return holds.hold(command, wanted); }));
  }
  Result<Booking> move(Actor const& actor, BookingId id, Instant start) {
    NewTime const wanted{start, "later"};
    return await(acting<Booking>(
        actor, [&](Command const& command) { return changes.reschedule(command, id, wanted); }));
  }
  Result<CancelledBooking> cancel(Actor const& actor, BookingId id) {
    CancellationWish const wanted{.reason = "ill", .notes = {}};
    return await(acting<CancelledBooking>(
        actor, [&](Command const& command) { return changes.cancel(command, id, wanted); }));
  }
  /// Over since the first of April, with one credit that is usable until then.
  SubscriptionId late_credit_of(Client const& client, std::string const& until) {
    auto const id = SubscriptionId::make(clock.now());
    execute(fmt::format(
        "insert into booking.subscriptions (id, client_id, trainer_id, plan_id, status, period_no, "
        "period_start, period_end, auto_renew, late_credits_until, provider, ended_at, created_at) "
        "values ('{0}', '{1}', '{2}', '01970000-0000-7000-8000-000000000002', 'expired', 1, "
        "'2027-03-01T00:00:00Z', '2027-04-01T00:00:00Z', false, '{3}', 'manual', "
        "'2027-04-01T00:00:00Z', '2027-03-01T00:00:00Z'); "
        "insert into booking.credit_entries (subscription_id, kind, delta, period_no, reason, at) "
        "values ('{0}', 'adjust', 1, 2, 'late', '2027-04-02T00:00:00Z')",
        id.to_string(), client.id.to_string(), trainer_id.to_string(), until));
    return id;
  }
  void empty(SubscriptionId id) {
    execute(
        fmt::format("insert into booking.credit_entries (subscription_id, kind, delta, "
                    "period_no, reason, at) values ('{}', 'adjust', -12, 1, 'test', "
                    "'2027-05-01T00:00:00Z')",
                    id.to_string()));
  }
  Task<bool> somebody_waits() {
    constexpr int tries = 10'000;
    for (int i = 0; i < tries; ++i) {
      auto const rows = co_await database().query(
          {"",
           "select count(*) from pg_stat_activity "
           "where datname = current_database() and wait_event_type = 'Lock'"});
      if (rows.single().get<std::int64_t>(0) > 0) co_return true;
    }
    co_return false;
  }
  bool is_sound() { return await(IntegrityRepository{database()}.check()).is_ok(); }

  Instant const ten = *parse_rfc3339("2027-05-10T10:00:00Z");
};

TEST_F(Bookings, are_paid_from_a_late_credit_when_the_live_subscription_has_none) {
  auto const later = late_credit_of(cleo, "2027-05-20T00:00:00Z");
  auto const sooner = late_credit_of(cleo, "2027-05-19T00:00:00Z");
  EXPECT_EQ(book(cleo.actor, ten).value().booking.subscription_id, cleo.subscription);
  execute(fmt::format("update booking.subscriptions set status = 'pending' where id = '{}'",
                      cleo.subscription.to_string()));
  EXPECT_EQ(book(cleo.actor, ten + 1h).value().booking.subscription_id, sooner);
  EXPECT_EQ(book(cleo.actor, ten + 2h).value().booking.subscription_id, later);
  EXPECT_EQ(code(book(cleo.actor, ten + 3h)), "INSUFFICIENT_CREDITS");
}

TEST_F(Bookings, spend_one_late_credit_once_in_parallel) {
  late_credit_of(cleo, "2027-05-20T00:00:00Z");
  empty(cleo.subscription);
  NewBooking const one{wish_of(), ten};
  NewBooking const other{wish_of(), ten + 2h};
  auto const race = [&]() -> Task<int> {
    auto [first, second] = co_await when_all(
        acting<MadeBooking>(cleo.actor, [&](Command const& c) { return making.book(c, one); }),
        acting<MadeBooking>(cleo.actor, [&](Command const& c) { return making.book(c, other); }));
    co_return (first ? 1 : 0) + (second ? 1 : 0);
  };
  EXPECT_EQ(await(race()), 1);
}

TEST_F(Bookings, of_an_unknown_client_or_of_the_trainer_in_person_are_refused_to_an_admin) {
  auto const nobody = ClientId::make(clock.now());
  EXPECT_EQ(code(book(ada, ten, nobody)), "NOT_FOUND");
  EXPECT_EQ(code(hold(ada, ten, nobody)), "NOT_FOUND");
  auto const self = ClientId::make(clock.now());
  execute(people::client(self, tara.user_id, "tara"));
  EXPECT_EQ(code(book(ada, ten, self)), "VALIDATION_FAILED");
}

TEST_F(Bookings, whose_session_was_started_are_neither_moved_nor_cancelled) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten - 10min);
  ASSERT_TRUE(start(booking));
  EXPECT_EQ(code(move(tara, booking.id, ten + 24h)), "SESSION_STARTED");
  EXPECT_EQ(code(cancel(cleo.actor, booking.id)), "SESSION_STARTED");
  EXPECT_EQ(stored(booking.id).session_status, SessionStatus::started);
}

TEST_F(Bookings, are_locked_before_their_session_is_read) {
  auto const booking = a_booking(cleo, ten);
  clock.set(ten - 10min);
  postgres::BlockingSession trainer(owner_connection_string());
  trainer.execute("begin");
  trainer.execute(fmt::format("update booking.bookings set version = version + 1 where id = '{}'",
                              booking.id.to_string()));
  trainer.execute(fmt::format("update booking.sessions set status = 'started' where id = '{}'",
                              booking.session_id.to_string()));
  NewTime const later{ten + 24h, "later"};
  auto const moving = [&]() -> Task<Result<Booking>> {
    co_return co_await acting<Booking>(tara, [&](Command const& command) {
      return changes.reschedule(command, booking.id, later);
    });
  };
  auto const committing = [&]() -> Task<bool> {
    auto const is_waited_for = co_await somebody_waits();
    trainer.execute("commit");
    co_return is_waited_for;
  };
  auto const race = [&]() -> Task<std::string> {
    auto [moved, is_waited_for] = co_await when_all(moving(), committing());
    EXPECT_TRUE(is_waited_for);
    co_return code(moved);
  };
  EXPECT_EQ(await(race()), "SESSION_STARTED");
  EXPECT_EQ(stored(booking.id).session_status, SessionStatus::started);
}

TEST_F(Bookings, move_into_a_hold_of_their_client) {
  auto const booking = a_booking(cleo, ten);
  ASSERT_TRUE(hold(cleo.actor, ten + 24h));
  EXPECT_EQ(code(move(cleo.actor, booking.id, ten + 24h)), "granted");
  ASSERT_TRUE(hold(carl.actor, ten + 48h));
  EXPECT_EQ(code(move(cleo.actor, booking.id, ten + 48h)), "SLOT_TAKEN");
  EXPECT_EQ(stored(booking.id).time.start, ten + 24h);
  EXPECT_EQ(count("select count(*) from booking.time_claims where kind = 'hold'"), 1);
  EXPECT_TRUE(is_sound());
}

TEST_F(Bookings, give_their_credit_back_whatever_became_of_the_subscription) {
  for (auto const* const status : {"cancel_at_period_end", "grace", "revoked", "expired"}) {
    auto const booking = a_booking(cleo, ten);
    execute(
        fmt::format("update booking.subscriptions set status = '{0}', "
                    "period_end = '2027-06-01T00:00:00Z', grace_until = case '{0}' when "
                    "'grace' then timestamptz '2027-06-08T00:00:00Z' end where id = '{1}'",
                    status, cleo.subscription.to_string()));
    auto const before = balance_of(cleo);
    auto const cancelled = cancel(cleo.actor, booking.id).value();
    EXPECT_EQ(cancelled.balance, before + (std::string_view{status} == "revoked" ? 0 : 1));
    EXPECT_EQ(cancelled.balance, balance_of(cleo));
    execute(
        fmt::format("update booking.subscriptions set status = 'active', grace_until = null, "
                    "period_end = null where id = '{}'",
                    cleo.subscription.to_string()));
  }
  EXPECT_TRUE(is_sound());
}

TEST_F(Bookings, are_refused_behind_the_period_and_within_grace) {
  execute(
      fmt::format("update booking.subscriptions set period_end = '2027-05-01T00:00:00Z' "
                  "where id = '{}'",
                  cleo.subscription.to_string()));
  EXPECT_EQ(code(book(cleo.actor, ten)), "INSUFFICIENT_CREDITS");
  execute(
      fmt::format("update booking.subscriptions set status = 'grace', grace_until = "
                  "'2027-05-08T00:00:00Z' where id = '{}'",
                  cleo.subscription.to_string()));
  EXPECT_EQ(code(book(cleo.actor, ten)), "INSUFFICIENT_CREDITS");
}

}  // namespace
}  // namespace insighta::booking
