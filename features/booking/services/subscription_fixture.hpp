#pragma once

#include "booking/repositories/caller_repository.hpp"
#include "booking/repositories/credit_rows_fixture.hpp"
#include "booking/repositories/idempotency_repository.hpp"
#include "booking/repositories/plan_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/services/credit_service.hpp"
#include "booking/services/payment_events.hpp"
#include "booking/services/plan_service.hpp"
#include "booking/services/subscription_service.hpp"
#include "platform/async/when_all.hpp"
#include "platform/crypto/crypto.hpp"

#include <algorithm>
#include <functional>
#include <string>

namespace insighta::booking {

/// The services of credits on a database of their own, with an admin, two clients and a trainer,
/// and a clock that stands still.
class SubscriptionTest : public CreditRowsTest {
 protected:
  static constexpr std::string_view secret = "whsec_test";

  SubscriptionTest() {
    add_user(admin.user_id, "admin");
    add_user(client.user_id, "client");
    add_user(stranger.user_id, "stranger");
    add_user(trainer_user, "trainer");
    add_client(client_id, client.user_id);
    add_client(stranger_id, stranger.user_id);
    add_trainer(trainer_id, trainer_user);
  }

  static identity::Actor an_actor(identity::Role role) {
    return {.user_id = UserId::make(start),
            .session_id = {},
            .client_id = "insighta-cli",
            .roles = {role},
            .scopes = {identity::Scope::read, identity::Scope::write, identity::Scope::admin}};
  }

  template <class T>
  using Write = std::function<Task<Result<T>>(Command const&)>;

  /// A write of a service as Commands runs it, committed when it succeeds.
  template <class T>
  Result<T> run(identity::Actor const& actor, Write<T> const& write,
                std::optional<std::int64_t> expected_version = {}) {
    std::optional<Result<T>> outcome;
    auto const body = [&](Command const& command) -> Task<Result<Answer>> {
      outcome.emplace(co_await write(command));
      if (!*outcome) co_return fail(outcome->error());
      co_return Answer{};
    };
    auto const answer = await(commands.run({actor, clock.now()}, expected_version, body));
    if (!answer) return fail(answer.error());
    return *std::move(outcome);
  }

  Result<Subscription> buy(identity::Actor const& actor, PlanId plan, std::string const& ref = "",
                           std::optional<TrainerId> with = {}) {
    Purchase wanted{.client_id = {},
                    .trainer_id = with.value_or(trainer_id),
                    .plan_id = plan,
                    .provider_ref = {}};
    if (actor.roles.has(identity::Role::admin)) wanted.client_id = client_id;
    if (!ref.empty()) wanted.provider_ref = ref;
    return run<Subscription>(
        actor, [&](Command const& command) { return subscriptions.buy(command, wanted); });
  }

  Result<Subscription> pay(SubscriptionId id, std::string const& ref) {
    return run<Subscription>(admin, [&](Command const& command) {
      return subscriptions.record_payment(command, id, ref);
    });
  }

  Result<Subscription> cancel(identity::Actor const& actor, SubscriptionId id,
                              std::optional<std::int64_t> version = {}) {
    return run<Subscription>(
        actor, [&](Command const& command) { return subscriptions.cancel(command, id); }, version);
  }

  Result<Subscription> adjust(SubscriptionId id, int delta) {
    Adjustment const wanted{delta, "a mistake"};
    return run<Subscription>(
        admin, [&](Command const& command) { return subscriptions.adjust(command, id, wanted); });
  }

  Subscription now(SubscriptionId id) { return *await(subscription_store.find(id)); }

  /// A row that an entry can name.
  BookingId a_booking(Subscription const& subscription) {
    auto const id = BookingId::make(clock.now());
    add_booking(id, subscription);
    return id;
  }

  Task<bool> spend(SubscriptionId id, BookingId booking) {
    auto const at = clock.now();
    auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
      auto locked = co_await subscription_store.lock(tx, id);
      CO_TRY_VOID(co_await credits.debit(tx, *locked, booking, at, client.user_id));
      co_return true;
    };
    auto const done = co_await database().run<bool>(body);
    EXPECT_TRUE(done || done.error().code == "INSUFFICIENT_CREDITS");
    co_return done.has_value();
  }

  /// The credit of a booking comes back; gives the subscription as the write left it.
  Subscription refund(BookingId booking) {
    auto const body = [&](Transaction& tx) -> Task<Result<Subscription>> {
      auto locked = co_await subscription_store.lock_of_booking(tx, booking);
      co_await credits.refund(tx, *locked, booking, "cancelled_by_trainer", clock.now(), {});
      co_return *locked;
    };
    return await(database().run<Subscription>(body)).value();
  }

  std::int64_t sweep() { return await(credits.sweep(clock.now())); }

  std::int64_t count(SubscriptionId id, EntryKind kind) {
    auto const page = await(subscription_store.ledger(id, 1000, 0));
    return std::ranges::count_if(page.rows,
                                 [&](LedgerRow const& row) { return row.entry.kind == kind; });
  }

  static std::string code(Result<Subscription> const& result) {
    return result ? "done" : result.error().code;
  }

  PlanId const single = *PlanId::parse("01970000-0000-7000-8000-000000000001");
  PlanId const committed = *PlanId::parse("01970000-0000-7000-8000-000000000002");
  PlanId const consistent = *PlanId::parse("01970000-0000-7000-8000-000000000003");
  identity::Actor const admin = an_actor(identity::Role::admin);
  identity::Actor const client = an_actor(identity::Role::client);
  identity::Actor const stranger = an_actor(identity::Role::client);
  UserId const trainer_user = UserId::make(start);
  ClientId const client_id = ClientId::make(start);
  ClientId const stranger_id = ClientId::make(start);
  TrainerId const trainer_id = TrainerId::make(start);

  ManualClock clock{start};
  SubscriptionRepository subscription_store{database()};
  PlanRepository plan_store{database()};
  IdempotencyRepository answers{database()};
  CallerRepository callers{database()};
  Commands commands{answers, callers, database()};
  CreditService credits{subscription_store, database()};
  PlanService plans{plan_store};
  SubscriptionService subscriptions{subscription_store, plan_store};
  PaymentEvents events{std::string{secret}, subscription_store, plan_store, database()};
};

}  // namespace insighta::booking
