#include "booking/repositories/integrity_repository.hpp"
#include "booking/repositories/personal_data_repository.hpp"
#include "booking/services/appointment_fixture.hpp"
#include "booking/services/privacy_of_bookings.hpp"
#include "platform/async/when_all.hpp"

#include <fmt/format.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

class PersonalData : public AppointmentTest {
 protected:
  Task<Result<bool>> forgetting(Actor const& person) {
    auto const now = clock.now();
    auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
      co_await privacy.forget(tx, person.user_id, now);
      co_return true;
    };
    co_return co_await database().run<bool>(body);
  }
  void forget(Actor const& person) { await(forgetting(person)).value(); }
  bool mentions(std::string const& table, std::string const& words) {
    return count(fmt::format("select count(*) from booking.{} t where t::text like '%{}%'", table,
                             words)) > 0;
  }
  /// A completed booking with notes and a review, one to come, and a call to come.
  void a_life() {
    done = a_completed_booking(cleo, ten);
    attend(tara, [&](Command const& c) {
      return sessions.write_notes(c, done.session_id, "bad knee");
    }).value();
    NewReview const wanted{.booking_id = done.id, .rating = 4, .text = "she helped my knee"};
    await(acting<Review>(cleo.actor, [&](Command const& c) {
      return reviews.post(c, wanted);
    })).value();
    clock.set(ten + 2h);
    to_come = a_booking(cleo, ten + 24h);
    call = a_call(cleo, ten + 48h);
  }
  bool is_sound() { return await(IntegrityRepository{database()}.check()).is_ok(); }

  PersonalDataRepository data{database()};
  PrivacyOfBookings privacy{{data, callers, subscriptions, changes, calls}};
  Instant const ten = *parse_rfc3339("2027-05-10T10:00:00Z");
  Booking done;
  Booking to_come;
  DiscoveryCall call;
};

TEST_F(PersonalData, of_a_client_is_handed_out_whole) {
  a_life();
  auto const document = await(privacy.collect(cleo.actor.user_id));
  for (auto const* const word :
       {"\"display_name\": \"cleo\"", "me@example.com", "run a marathon", "bad knee",
        "she helped my knee", "\"kind\": \"debit\"", "\"kind\": \"booked\""})
    EXPECT_NE(document.find(word), document.npos) << word;
  auto const other = await(privacy.collect(carl.actor.user_id));
  EXPECT_EQ(other.find("knee"), other.npos);
  EXPECT_EQ(other.find("cleo"), other.npos);
}

TEST_F(PersonalData, of_a_trainer_is_handed_out_without_contacts_of_clients) {
  a_life();
  auto const document = await(privacy.collect(tara.user_id));
  EXPECT_NE(document.find("availability_rules"), document.npos);
  EXPECT_NE(document.find("bad knee"), document.npos);
  EXPECT_EQ(document.find("me@example.com"), document.npos);
  EXPECT_EQ(document.find("run a marathon"), document.npos);
}

TEST_F(PersonalData, of_nobody_in_particular_is_empty) {
  EXPECT_NE(await(privacy.collect(ada.user_id)).find("\"bookings\": []"), std::string::npos);
}

TEST_F(PersonalData, of_a_client_who_leaves_goes_and_the_books_stay_right) {
  a_life();
  forget(cleo.actor);
  for (auto const& [table, words] :
       {std::pair{"clients", "cleo"}, std::pair{"bookings", "me@example.com"},
        std::pair{"discovery_calls", "me@example.com"},
        std::pair{"discovery_calls", "run a marathon"}, std::pair{"sessions", "bad knee"},
        std::pair{"reviews", "she helped"}, std::pair{"booking_events", "knee"},
        std::pair{"booking_events", "me@example.com"}})
    EXPECT_FALSE(mentions(table, words)) << table << ": " << words;
  auto const cancelled = stored(to_come.id);
  EXPECT_EQ(cancelled.status, BookingStatus::cancelled);
  EXPECT_EQ(cancelled.cancellation->by, Party::system);
  EXPECT_EQ(cancelled.refund_outcome, RefundOutcome::credited);
  EXPECT_EQ(await(call_store.find(call.id))->status, CallStatus::cancelled);
  EXPECT_EQ(stored(done.id).status, BookingStatus::completed);
  EXPECT_EQ(await(trainers.find(trainer_id))->rating_sum, 4);
  auto const over = await(subscriptions.find(cleo.subscription)).value();
  EXPECT_EQ(over.status, SubscriptionStatus::expired);
  EXPECT_EQ(over.balance, 0);
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 0);
  EXPECT_TRUE(is_sound());
}

TEST_F(PersonalData, of_a_trainer_who_leaves_goes_and_clients_keep_their_credits) {
  a_life();
  execute("update booking.trainers set bio = 'I was an athlete'");
  forget(tara);
  EXPECT_FALSE(mentions("trainers", "athlete"));
  EXPECT_EQ(count("select count(*) from booking.availability_rules"), 0);
  EXPECT_EQ(stored(to_come.id).status, BookingStatus::cancelled);
  EXPECT_EQ(await(call_store.find(call.id))->status, CallStatus::cancelled);
  EXPECT_EQ(balance_of(cleo), 11);
  EXPECT_FALSE(await(trainers.find(trainer_id))->is_bookable());
  EXPECT_TRUE(mentions("sessions", "bad knee"));
  EXPECT_TRUE(mentions("clients", "cleo"));
  EXPECT_TRUE(is_sound());
}

TEST_F(PersonalData, of_holds_time_off_and_stored_answers_goes) {
  NewHold const wanted{trainer_id, ten, {}};
  await(acting<Hold>(cleo.actor, [&](Command const& c) { return holds.hold(c, wanted); })).value();
  execute(
      fmt::format("insert into booking.idempotency_keys (user_id, route, key, request_hash, "
                  "expires_at) values ('{}', 'POST /x', 'k', '', '2027-05-05T00:00:00Z')",
                  cleo.actor.user_id.to_string()));
  forget(cleo.actor);
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 0);
  EXPECT_EQ(count("select count(*) from booking.idempotency_keys"), 0);
}

TEST_F(PersonalData, goes_with_what_is_booked_at_the_same_moment) {
  for (int round = 0; round < 10; ++round) {
    auto const start = ten + round * 2h;
    execute(
        fmt::format("update booking.subscriptions set status = 'active', ended_at = null, "
                    "period_no = period_no + 1 "
                    "where id = '{}'",
                    cleo.subscription.to_string()));
    execute(
        fmt::format("insert into booking.credit_entries (subscription_id, kind, delta, "
                    "period_no, reason, at) values ('{}', 'adjust', 5, 1, 'test', "
                    "'2027-05-01T00:00:00Z')",
                    cleo.subscription.to_string()));
    NewBooking const wanted{{.trainer_id = trainer_id,
                             .contact = {ContactMode::zoom, "late@example.com"},
                             .client_tz = "UTC",
                             .subscription_id = {},
                             .client_id = {}},
                            start};
    auto const race = [&]() -> Task<bool> {
      auto [booked, forgotten] = co_await when_all(
          acting<MadeBooking>(cleo.actor, [&](Command const& c) { return making.book(c, wanted); }),
          forgetting(cleo.actor));
      co_return forgotten.has_value();
    };
    ASSERT_TRUE(await(race()));
    EXPECT_EQ(count("select count(*) from booking.bookings where status = 'confirmed'"), 0);
    EXPECT_FALSE(mentions("bookings", "late@example.com"));
  }
  EXPECT_TRUE(is_sound());
}

}  // namespace
}  // namespace insighta::booking
