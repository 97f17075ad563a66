#include "booking/domain/payment_event.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;
using enum SubscriptionStatus;

constexpr int cases = 10'000;

/// Spec booking.md section 4; one decision may also carry what fell due before it.
bool is_listed(SubscriptionStatus from, SubscriptionStatus to) {
  static std::map<SubscriptionStatus, std::set<SubscriptionStatus>> const listed = {
      {pending, {active, expired, revoked}},
      {active, {cancel_at_period_end, grace, expired, revoked}},
      {cancel_at_period_end, {active, expired, revoked}},
      {grace, {active, expired, revoked}},
      {expired, {revoked}},
      {revoked, {}}};
  return from == to || listed.at(from).contains(to);
}

/// A subscription, its ledger, and what is remembered of both.
struct Life {
  Plan plan;
  Subscription now;
  Instant clock = *parse_rfc3339("2027-01-31T12:00:00Z");
  std::vector<CreditEntry> ledger;
  std::set<std::pair<int, EntryKind>> once_per_period;
  std::vector<BookingId> paid;

  void accept(SubscriptionChange const& change) {
    RC_ASSERT(is_listed(now.status, change.subscription.status));
    for (auto const& entry : change.entries) {
      if (entry.kind == EntryKind::grant || entry.kind == EntryKind::expire) {
        RC_ASSERT(once_per_period.emplace(entry.period_no, entry.kind).second);
      }
      ledger.push_back(entry);
    }
    now = change.subscription;
    check();
  }

  bool accept(Result<SubscriptionChange> const& change) {
    if (change) accept(*change);
    return change.has_value();
  }

  void check() const {
    std::int64_t sum = 0;
    for (auto const& entry : ledger) {
      sum += entry.delta;
      RC_ASSERT(entry.delta != 0);
    }
    RC_ASSERT(sum == now.balance);
    RC_ASSERT(now.balance >= 0);
    RC_ASSERT((now.status == grace) == now.grace_until.has_value());
    RC_ASSERT(now.status != revoked || now.balance == 0);
    RC_ASSERT(now.status != expired || now.balance == 0 || now.late_credits_until);
    RC_ASSERT(!now.late_credits_until || now.status == expired);
    RC_ASSERT(now.is_live() != now.ended_at.has_value());
  }
};

void spend(Life& life) {
  auto const booking = BookingId::make(life.clock);
  bool const is_possible = life.now.is_spendable(life.clock) && life.now.balance > 0;
  RC_ASSERT(life.accept(spend_credit(life.now, booking, {life.clock})) == is_possible);
  if (is_possible) life.paid.push_back(booking);
}

void give_back(Life& life) {
  if (life.paid.empty()) return;
  auto const change = give_back_credit(life.now, life.paid.back(), "cancelled", {life.clock});
  life.paid.pop_back();
  life.accept(change);
}

void take_event(Life& life) {
  auto const kind = static_cast<PaymentEventKind>(*rc::gen::inRange(0, 8));
  auto const created = life.clock - std::chrono::hours{*rc::gen::inRange(0, 72)};
  auto const before = life.now.last_event_at;
  auto const change = take_payment_event(
      life.now, life.plan, {.id = "evt", .type = "", .kind = kind, .created = created}, life.clock);
  if (before && created < *before) {
    RC_ASSERT(!change);
  }
  if (!change) return;
  RC_ASSERT(change->subscription.last_event_at == created);
  life.accept(*change);
}

void take_step(Life& life) {
  Decision const decision{life.clock};
  switch (*rc::gen::inRange(0, 14)) {
    case 0:
    case 1:
      life.clock += std::chrono::minutes{*rc::gen::inRange(0, 40 * 24 * 60)};
      return;
    case 2:
      life.accept(settle(life.now, life.clock));
      RC_ASSERT(settle(life.now, life.clock).is_empty());
      return;
    case 3:
      life.accept(pay(life.now, life.plan, decision));
      return;
    case 4:
      life.accept(cancel_subscription(life.now, decision));
      return;
    case 5:
      life.accept(resume_subscription(life.now, decision));
      return;
    case 6:
      life.accept(miss_payment(life.now, decision));
      return;
    case 7:
      life.accept(*rc::gen::inRange(0, 2) == 0 ? end_subscription(life.now, decision)
                                               : revoke_subscription(life.now, decision));
      return;
    case 8:
      life.accept(adjust_credits(life.now, *rc::gen::inRange(1, 5), "gift", decision));
      return;
    case 9:
      life.accept(adjust_credits(life.now, -*rc::gen::inRange(1, 5), "error", decision));
      return;
    case 10:
      life.accept(correct_credit(life.now, {}, *rc::gen::inRange(0, 2) * 2 - 1, decision));
      return;
    case 11:
      give_back(life);
      return;
    case 12:
      take_event(life);
      return;
    default:
      spend(life);
  }
}

void live_a_life() {
  Life life;
  life.plan.credits = *rc::gen::inRange(1, 20);
  life.plan.period = *rc::gen::inRange(0, 3) == 0 ? PlanPeriod::once : PlanPeriod::month;
  // Most lives begin with a payment; the rest finds out what an unpaid one allows.
  if (*rc::gen::inRange(0, 5) != 0) life.accept(pay(life.now, life.plan, {life.clock}));
  auto const steps = *rc::gen::inRange(1, 30);
  for (int step = 0; step < steps; ++step) take_step(life);
}

TEST(TheLedger, adds_up_and_never_goes_below_zero_whatever_happens) {
  rc::detail::TestMetadata metadata;
  metadata.id = "TheLedger";
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = cases;
  auto const result = rc::detail::checkTestable(live_a_life, metadata, params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << text.str();
}

}  // namespace
}  // namespace insighta::booking
