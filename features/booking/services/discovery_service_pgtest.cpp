#include "booking/services/appointment_fixture.hpp"
#include "platform/async/when_all.hpp"

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

class DiscoveryCalls : public AppointmentTest {
 protected:
  Result<DiscoveryCall> cancel(Actor const& actor, DiscoveryCall const& call) {
    return change(actor, [&](Command const& c) { return calls.cancel(c, call.id, "ill"); });
  }
  Result<DiscoveryCall> move(Actor const& actor, DiscoveryCall const& call, Instant to) {
    return change(actor, [&](Command const& c) { return calls.reschedule(c, call.id, to, ""); });
  }
  Result<DiscoveryCall> report(Actor const& actor, DiscoveryCall const& call) {
    return change(actor, [&](Command const& c) { return calls.report_no_show(c, call.id); });
  }
  DiscoveryCall stored(DiscoveryCall const& call) {
    return await(call_store.find(call.id)).value();
  }

  Instant const ten = *parse_rfc3339("2027-05-10T10:00:00Z");
};

TEST_F(DiscoveryCalls, of_two_at_once_for_one_pair_one_is_booked) {
  auto const race = [&]() -> Task<std::pair<std::string, std::string>> {
    auto [one, other] = co_await when_all(booking_call(cleo, ten), booking_call(cleo, ten + 4h));
    co_return std::pair{code(one), code(other)};
  };
  auto const [one, other] = await(race());
  EXPECT_NE(one == "granted", other == "granted");
  EXPECT_EQ(one == "granted" ? other : one, "DISCOVERY_USED");
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 1);
}

TEST_F(DiscoveryCalls, of_two_clients_at_overlapping_times_one_gets_the_trainer) {
  auto const race = [&]() -> Task<std::pair<std::string, std::string>> {
    auto [one, other] = co_await when_all(booking_call(cleo, ten), booking_call(carl, ten + 15min));
    co_return std::pair{code(one), code(other)};
  };
  auto const [one, other] = await(race());
  EXPECT_NE(one == "granted", other == "granted");
  EXPECT_EQ(one == "granted" ? other : one, "SLOT_TAKEN");
}

TEST_F(DiscoveryCalls, fit_back_to_back) {
  a_call(cleo, ten);
  EXPECT_EQ(code(await(booking_call(carl, ten + 30min))), "granted");
}

TEST_F(DiscoveryCalls, tell_the_names_of_both_and_what_they_wrote) {
  auto const call = stored(a_call(cleo, ten));
  EXPECT_EQ(call.client_name, "cleo");
  EXPECT_EQ(call.trainer_name, "tara");
  EXPECT_EQ(call.goals, "run a marathon");
  EXPECT_EQ(call.time.end, ten + 30min);
}

TEST_F(DiscoveryCalls, obey_notice_horizon_and_the_starts_on_offer) {
  EXPECT_EQ(code(await(booking_call(cleo, clock.now() + 45min))), "TOO_SOON");
  EXPECT_EQ(code(await(booking_call(cleo, clock.now() - 1h))), "TOO_SOON");
  EXPECT_EQ(code(await(booking_call(cleo, clock.now() + 61 * 24h))), "TOO_FAR");
  EXPECT_EQ(code(await(booking_call(cleo, ten + 7min))), "OUTSIDE_AVAILABILITY");
}

TEST_F(DiscoveryCalls, made_by_an_admin_for_a_client_heed_only_collisions_and_the_past) {
  auto const made_by = [&](Actor const& actor, std::optional<ClientId> client, Instant start) {
    NewCall const wanted{.trainer_id = trainer_id,
                         .start = start,
                         .contact = {ContactMode::zoom, "me@example.com"},
                         .goals = "",
                         .client_id = client};
    return code(change(actor, [&](Command const& c) { return calls.book(c, wanted); }));
  };
  EXPECT_EQ(made_by(ada, {}, ten), "MISSING_FIELD");
  EXPECT_EQ(made_by(ada, ClientId::make(ten), ten), "NOT_FOUND");
  EXPECT_EQ(made_by(ada, cleo.id, clock.now() - 1us), "TOO_SOON");
  EXPECT_EQ(made_by(carl.actor, cleo.id, ten), "FORBIDDEN");
  EXPECT_EQ(made_by(tara, {}, ten), "FORBIDDEN");
  EXPECT_EQ(made_by(ada, cleo.id, ten + 7min), "granted");
  EXPECT_EQ(made_by(ada, carl.id, ten + 30min), "SLOT_TAKEN");
}

TEST_F(DiscoveryCalls, are_not_for_trainers_with_themselves) {
  Client const herself{.actor = tara, .id = ClientId::make(clock.now()), .subscription = {}};
  execute(people::client(herself.id, tara.user_id, "tara"));
  auto const refused = await(booking_call(herself, ten));
  EXPECT_EQ(refused.error().fields.at(0).field, "trainer_id");
}

TEST_F(DiscoveryCalls, are_not_changed_by_who_saw_an_earlier_version) {
  auto const call = a_call(cleo, ten);
  if_match = 1;
  EXPECT_EQ(move(cleo.actor, call, ten + 1h).value().version, 2);
  EXPECT_EQ(code(move(cleo.actor, call, ten + 2h)), "STALE_VERSION");
  if_match = 2;
  EXPECT_EQ(code(cancel(cleo.actor, call)), "granted");
}

TEST_F(DiscoveryCalls, are_refused_by_a_suspended_trainer) {
  execute("update booking.trainers set onboarding = 'suspended'");
  EXPECT_EQ(code(await(booking_call(cleo, ten))), "TRAINER_NOT_BOOKABLE");
}

TEST_F(DiscoveryCalls, cancelled_in_time_give_back_the_time_and_the_right) {
  auto const call = a_call(cleo, ten);
  EXPECT_EQ(code(cancel(carl.actor, call)), "FORBIDDEN");
  auto const cancelled = cancel(tara, call).value();
  EXPECT_EQ(cancelled.cancelled_by, Party::trainer);
  EXPECT_EQ(cancelled.version, stored(call).version);
  EXPECT_EQ(code(cancel(tara, call)), "ALREADY_CANCELLED");
  EXPECT_EQ(code(await(booking_call(cleo, ten))), "granted");
}

TEST_F(DiscoveryCalls, keep_their_time_when_the_new_one_is_taken) {
  auto const call = a_call(cleo, ten);
  a_call(carl, ten + 2h);
  EXPECT_EQ(code(move(cleo.actor, call, ten + 2h + 15min)), "SLOT_TAKEN");
  EXPECT_EQ(stored(call).time.start, ten);
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 2);
  EXPECT_EQ(code(move(cleo.actor, call, ten + 15min)), "granted");
  EXPECT_EQ(code(move(ada, call, ten + 30min)), "granted");
  EXPECT_EQ(stored(call).reschedule_count, 1);
}

TEST_F(DiscoveryCalls, completed_show_their_notes_to_the_trainer_alone) {
  auto const call = a_call(cleo, ten);
  clock.set(ten);
  auto const completed =
      change(tara, [&](Command const& c) { return calls.complete(c, call.id, "weak knees"); });
  EXPECT_EQ(completed.value().outcome_notes, "weak knees");
  Caller const client{.user_id = cleo.actor.user_id, .client_id = cleo.id, .trainer_id = {}};
  Caller const stranger{.user_id = carl.actor.user_id, .client_id = carl.id, .trainer_id = {}};
  EXPECT_EQ(await(calls.get(client, call.id)).value().outcome_notes, std::nullopt);
  EXPECT_EQ(await(calls.list(client, {}, 20, 0)).calls.at(0).outcome_notes, std::nullopt);
  EXPECT_EQ(code(await(calls.get(stranger, call.id))), "FORBIDDEN");
  EXPECT_EQ(await(calls.list(stranger, {}, 20, 0)).total, 0);
  EXPECT_EQ(await(calls.list(client, CallStatus::completed, 20, 0)).total, 1);
  EXPECT_EQ(code(await(booking_call(cleo, ten + 24h))), "DISCOVERY_USED");
}

TEST_F(DiscoveryCalls, missed_by_the_trainer_give_the_right_back_at_once) {
  auto const call = a_call(cleo, ten);
  clock.set(ten + 10min - 1us);
  EXPECT_EQ(code(report(cleo.actor, call)), "TOO_EARLY");
  clock.set(ten + 10min);
  EXPECT_EQ(report(cleo.actor, call).value().absent, Absentee::trainer);
  EXPECT_EQ(code(await(booking_call(cleo, ten + 24h))), "granted");
}

TEST_F(DiscoveryCalls, missed_by_the_client_cost_the_right_until_an_admin_restores_it) {
  auto const call = a_call(cleo, ten);
  clock.set(ten + 10min);
  EXPECT_EQ(report(tara, call).value().absent, Absentee::client);
  EXPECT_EQ(code(await(booking_call(cleo, ten + 24h))), "DISCOVERY_USED");
  auto const restore = [&](Command const& c) { return calls.restore(c, call.id); };
  EXPECT_EQ(code(change(tara, restore)), "FORBIDDEN");
  EXPECT_EQ(code(change(ada, restore)), "granted");
  EXPECT_EQ(code(await(booking_call(cleo, ten + 24h))), "granted");
}

TEST_F(DiscoveryCalls, that_nobody_closed_are_closed_once_by_any_number_of_workers) {
  auto const call = a_call(cleo, ten);
  EXPECT_EQ(await(calls.sweep(ten + 24h - 1us)), 0);
  auto const race = [&]() -> Task<std::int64_t> {
    auto [one, other] = co_await when_all(calls.sweep(ten + 24h), calls.sweep(ten + 24h));
    co_return one + other;
  };
  EXPECT_EQ(await(race()), 1);
  EXPECT_EQ(stored(call).absent, Absentee::unknown);
  EXPECT_TRUE(stored(call).is_right_restored);
  EXPECT_EQ(count("select count(*) from booking.booking_events"), 2);
  EXPECT_EQ(count("select count(*) from booking.time_claims"), 0);
}

}  // namespace
}  // namespace insighta::booking
