#include "booking/domain/subscription_changes.hpp"

#include "booking/domain/booking.hpp"
#include "booking/domain/policy.hpp"

#include <algorithm>
#include <utility>

namespace insighta::booking {

namespace {

using enum SubscriptionStatus;
using Changed = Result<SubscriptionChange>;

struct Reason {
  std::string text;
  std::optional<BookingId> booking = {};
};

void append(SubscriptionChange& change, EntryKind kind, int delta, Reason reason,
            Decision const& decision) {
  auto& subscription = change.subscription;
  change.entries.push_back({.subscription_id = subscription.id,
                            .kind = kind,
                            .delta = delta,
                            .booking_id = reason.booking,
                            .period_no = subscription.period_no,
                            .reason = std::move(reason.text),
                            .actor = decision.by,
                            .at = decision.at});
  subscription.balance += delta;
}

/// Takes everything that is left by one entry.
void clear(SubscriptionChange& change, EntryKind kind, std::string reason,
           Decision const& decision) {
  if (change.subscription.balance > 0)
    append(change, kind, -static_cast<int>(change.subscription.balance), {std::move(reason)},
           decision);
}

void finish(SubscriptionChange& change, SubscriptionStatus status, Instant at) {
  auto& subscription = change.subscription;
  subscription.status = status;
  subscription.auto_renew = false;
  subscription.grace_until.reset();
  subscription.late_credits_until.reset();
  if (!subscription.ended_at) subscription.ended_at = at;
  change.changes_row = true;
}

void expire(SubscriptionChange& change, std::string reason, Decision const& decision) {
  clear(change, EntryKind::expire, std::move(reason), decision);
  finish(change, expired, decision.at);
}

void enter_grace(SubscriptionChange& change) {
  auto& subscription = change.subscription;
  subscription.status = grace;
  // From the period's end, not from now: a sweeper that was away makes no grace longer.
  subscription.grace_until = *subscription.period_end + policy::grace;
  change.changes_row = true;
}

bool settle_once(SubscriptionChange& change, Instant at) {
  auto& subscription = change.subscription;
  bool const is_running =
      subscription.status == active || subscription.status == cancel_at_period_end;
  if (is_running && subscription.period_end && *subscription.period_end <= at) {
    if (subscription.status == active && subscription.auto_renew)
      enter_grace(change);
    else
      expire(change, "period_over", {at});
    return true;
  }
  if (subscription.status == grace && *subscription.grace_until <= at) {
    expire(change, "grace_over", {at});
    return true;
  }
  if (subscription.late_credits_until && *subscription.late_credits_until <= at) {
    clear(change, EntryKind::expire, "late_credits_over", {at});
    subscription.late_credits_until.reset();
    change.changes_row = true;
    return true;
  }
  return false;
}

/// The next period begins at `start` with the credits of the plan.
void start_period(SubscriptionChange& change, Plan const& plan, Instant start, std::string reason,
                  Decision const& decision) {
  auto& subscription = change.subscription;
  bool const is_month = plan.period == PlanPeriod::month;
  subscription.status = active;
  subscription.period_no += 1;
  subscription.period_start = start;
  subscription.period_end.reset();
  if (is_month) subscription.period_end = end_of_month_period(start);
  subscription.auto_renew = is_month;
  subscription.grace_until.reset();
  change.changes_row = true;
  append(change, EntryKind::grant, plan.credits, {std::move(reason)}, decision);
}

void renew(SubscriptionChange& change, Plan const& plan, Decision const& decision) {
  auto const start = std::max(*change.subscription.period_end, decision.at);
  clear(change, EntryKind::expire, "renewal", decision);
  start_period(change, plan, start, "renewal", decision);
}

void top_up(SubscriptionChange& change, Plan const& plan, Decision const& decision) {
  change.subscription.period_no += 1;
  change.changes_row = true;
  append(change, EntryKind::grant, plan.credits, {"purchase"}, decision);
}

/// A credit that comes after the end counts as a period of its own, which can lapse by itself.
void open_late_credits(SubscriptionChange& change, Instant at) {
  auto& subscription = change.subscription;
  auto const until = at + policy::late_credit_life;
  if (!subscription.late_credits_until) subscription.period_no += 1;
  subscription.late_credits_until =
      std::max(subscription.late_credits_until.value_or(until), until);
  change.changes_row = true;
}

void give_back(SubscriptionChange& change, EntryKind kind, Reason reason,
               Decision const& decision) {
  if (change.subscription.status == expired) open_late_credits(change, decision.at);
  append(change, kind, 1, std::move(reason), decision);
  if (change.subscription.status == revoked)
    append(change, EntryKind::adjust, -1, {"revoked"}, decision);
}

std::unexpected<Error> refuse(std::string_view what, SubscriptionChange const& change) {
  return fail(invalid_transition(what, to_string(change.subscription.status)));
}

std::unexpected<Error> too_few() {
  return fail(
      conflict("The subscription has no credit left that can be used", "INSUFFICIENT_CREDITS"));
}

}  // namespace

SubscriptionChange settle(Subscription subscription, Instant at) {
  SubscriptionChange change{std::move(subscription)};
  while (settle_once(change, at)) {
  }
  return change;
}

Changed pay(Subscription subscription, Plan const& plan, Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  auto const& settled = change.subscription;
  if (settled.status == pending) {
    start_period(change, plan, decision.at, "purchase", decision);
    return change;
  }
  bool const is_month = plan.period == PlanPeriod::month;
  bool const is_payable = settled.status == active || settled.status == grace;
  if (!is_payable || is_month != settled.period_end.has_value()) return refuse("paid", change);
  if (is_month)
    renew(change, plan, decision);
  else
    top_up(change, plan, decision);
  return change;
}

Changed cancel_subscription(Subscription subscription, Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  auto& settled = change.subscription;
  bool const is_used_up = settled.status == active && !settled.period_end && settled.balance == 0;
  if (settled.status == pending || is_used_up) {
    expire(change, "cancelled", decision);
  } else if (settled.status == active && settled.period_end) {
    settled.status = cancel_at_period_end;
  } else if (settled.status == active) {
    return fail(conflict("What is bought once does not renew: there is nothing to cancel",
                         "INVALID_TRANSITION"));
  } else if (settled.status != grace || !settled.auto_renew) {
    return refuse("cancelled", change);
  }
  settled.auto_renew = false;
  change.changes_row = true;
  return change;
}

Changed resume_subscription(Subscription subscription, Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  auto& settled = change.subscription;
  bool const is_cancelled =
      settled.status == cancel_at_period_end || (settled.status == grace && !settled.auto_renew);
  if (!is_cancelled) return refuse("resumed", change);
  if (settled.status == cancel_at_period_end) settled.status = active;
  settled.auto_renew = true;
  change.changes_row = true;
  return change;
}

Changed miss_payment(Subscription subscription, Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  auto const& settled = change.subscription;
  if (settled.status != active || !settled.auto_renew) return refuse("put into grace", change);
  enter_grace(change);
  return change;
}

Changed end_subscription(Subscription subscription, Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  if (!change.subscription.is_live()) return refuse("ended", change);
  expire(change, "ended", decision);
  return change;
}

Changed revoke_subscription(Subscription subscription, Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  if (change.subscription.status == revoked) return refuse("revoked", change);
  clear(change, EntryKind::adjust, "revoked", decision);
  finish(change, revoked, decision.at);
  return change;
}

Changed spend_credit(Subscription subscription, BookingId booking, Decision const& decision) {
  if (!subscription.is_spendable(decision.at) || subscription.balance < 1) return too_few();
  SubscriptionChange change{std::move(subscription)};
  append(change, EntryKind::debit, -1, {"booked", booking}, decision);
  return change;
}

SubscriptionChange give_back_credit(Subscription subscription, BookingId booking,
                                    std::string reason, Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  give_back(change, EntryKind::refund, {std::move(reason), booking}, decision);
  return change;
}

Changed correct_credit(Subscription subscription, BookingId booking, int delta,
                       Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  if (change.subscription.balance + delta < 0) return too_few();
  if (delta > 0)
    give_back(change, EntryKind::adjust, {"corrected", booking}, decision);
  else if (delta < 0)
    append(change, EntryKind::adjust, delta, {"corrected", booking}, decision);
  return change;
}

Changed adjust_credits(Subscription subscription, int delta, std::string reason,
                       Decision const& decision) {
  auto change = settle(std::move(subscription), decision.at);
  auto const& settled = change.subscription;
  if (!settled.is_live() && !settled.late_credits_until) return refuse("adjusted", change);
  if (settled.balance + delta < 0) return too_few();
  append(change, EntryKind::adjust, delta, {std::move(reason)}, decision);
  change.changes_row = true;
  return change;
}

}  // namespace insighta::booking
