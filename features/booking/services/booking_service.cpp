#include "booking/services/booking_service.hpp"

#include "booking/domain/offer.hpp"
#include "booking/domain/policy.hpp"
#include "booking/domain/weekly_starts.hpp"
#include "booking/repositories/booking_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/discovery_repository.hpp"
#include "booking/repositories/event_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/services/booking_setup.hpp"
#include "booking/services/credit_service.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

Error no_credits() {
  return conflict("There is no credit left to spend with this trainer", "INSUFFICIENT_CREDITS");
}

Error no_such_time() {
  return invalid("The clock skips that time on this day", {}, "OUTSIDE_AVAILABILITY");
}

Task<std::optional<Subscription>> lock_subscription(SubscriptionRepository& subscriptions,
                                                    Command const& command, ClientId client,
                                                    BookingWish const& wish) {
  if (wish.subscription_id) return subscriptions.lock(command.tx, *wish.subscription_id);
  return subscriptions.lock_to_spend(command.tx, client, wish.trainer_id, command.at);
}

/// One error that names every date in the way.
Error all_conflicts(std::vector<SkippedStart> const& skipped) {
  Error error = skipped.front().why;
  error.fields.clear();
  for (auto const& [start, why] : skipped)
    error.fields.push_back({"start", to_rfc3339(start) + ": " + why.message});
  return error;
}

}  // namespace

struct BookingService::Basis {
  Pair pair;
  Subscription subscription;
  std::optional<CallId> call;
  std::optional<SeriesId> series = {};
};

Task<Result<BookingService::Basis>> BookingService::prepare(Command const& command,
                                                            BookingWish const& wish,
                                                            Instant start) {
  CO_TRY(auto const client, BookingSetup::client_of(command, wish.client_id));
  // One round trip; the subscription's lock comes first.
  auto [subscription, pair, call] =
      co_await when_all(lock_subscription(parts_.subscriptions, command, client, wish),
                        parts_.setup.read(command, client, wish.trainer_id, start),
                        parts_.calls.find_completed(command.tx, client, wish.trainer_id));
  if (!pair) co_return fail(pair.error());
  if (wish.subscription_id && (!subscription || subscription->client_id != client ||
                               subscription->trainer_id != wish.trainer_id))
    co_return fail(invalid("There is no such subscription with this trainer",
                           {{"subscription_id", "is not one of this client and trainer"}}));
  if (parts_.requires_discovery_call && !call)
    co_return fail(
        conflict("Talk to this trainer first: book a discovery call", "DISCOVERY_REQUIRED"));
  if (!subscription || !subscription->is_spendable(command.at) || subscription->balance < 1)
    co_return fail(no_credits());
  co_return Basis{*std::move(pair), *std::move(subscription), call};
}

Task<Result<Booking>> BookingService::claim_time(Command const& command, BookingWish const& wish,
                                                 Basis const& basis, Instant start) {
  auto const& trainer = basis.pair.trainer;
  auto const length = trainer.terms.session_length();
  CO_TRY_VOID(
      check_start({trainer, basis.pair.availability, length}, start, basis.pair.by, command.at));
  Booking const booking{.id = BookingId::make(command.at),
                        .client_id = basis.pair.client,
                        .trainer_id = trainer.id,
                        .subscription_id = basis.subscription.id,
                        .discovery_call_id = basis.call,
                        .series_id = basis.series,
                        .time = {start, start + length},
                        .client_tz = wish.client_tz,
                        .contact = wish.contact,
                        .created_at = command.at,
                        .session_id = SessionId::make(command.at)};
  Claim const claim{.id = ClaimId::make(command.at),
                    .trainer_id = trainer.id,
                    .client_id = basis.pair.client,
                    .during = booking.time,
                    .gap = trainer.terms.gap(),
                    .kind = ClaimKind::booking,
                    .owner_id = booking.id.value};
  // Whoever holds the time for themselves books it, with or without naming the hold.
  auto const [freed, taken] =
      co_await when_all(with_result(parts_.claims.free_hold_of(command.tx, basis.pair.client,
                                                               trainer.id, booking.time)),
                        parts_.setup.take(command.tx, claim, command.at));
  if (!taken) co_return fail(taken.error());
  co_return booking;
}

Task<Result<void>> BookingService::store(Command const& command, Booking const& booking,
                                         Basis& basis) {
  auto& tx = command.tx;
  NewEvent const booked{
      .kind = "booked", .author = command.as(basis.pair.by), .reason = {}, .at = command.at};
  auto [inserted, paid, noted, reminded] = co_await when_all(
      with_result(parts_.bookings.insert(tx, booking)),
      parts_.credits.debit(tx, basis.subscription, booking.id, command.at, command.actor.user_id),
      with_result(parts_.events.append(tx, booking.id, booked)),
      with_result(
          parts_.events.set_reminders(tx, booking.id.value, booking.time.start, command.at)));
  co_return paid;
}

Task<Result<MadeBooking>> BookingService::book(Command const& command, NewBooking const& wanted) {
  CO_TRY(auto basis, co_await prepare(command, wanted.wish, wanted.start));
  CO_TRY(auto booking, co_await claim_time(command, wanted.wish, basis, wanted.start));
  CO_TRY_VOID(co_await store(command, booking, basis));
  co_return MadeBooking{std::move(booking), basis.subscription.balance};
}

Task<Result<MadeSeries>> BookingService::book_series(Command const& command,
                                                     NewSeries const& wanted) {
  CO_TRY(auto basis, co_await prepare(command, wanted.wish, wanted.start));
  auto const zone = TimeZone::find(basis.pair.trainer.terms.time_zone);
  ensure(zone.has_value(), "a trainer's zone was checked when it was stored");
  MadeSeries made{.id = SeriesId::make(command.at)};
  basis.series = made.id;
  for (auto const& [start, is_there] : weekly_starts(wanted.start, wanted.count, *zone)) {
    if (!is_there) {
      made.skipped.push_back({start, no_such_time()});
      continue;
    }
    auto pair =
        co_await parts_.setup.read(command, basis.pair.client, wanted.wish.trainer_id, start);
    if (!pair) co_return fail(pair.error());
    basis.pair = *std::move(pair);
    auto booking = co_await claim_time(command, wanted.wish, basis, start);
    if (!booking) {
      made.skipped.push_back({start, booking.error()});
      continue;
    }
    CO_TRY_VOID(co_await store(command, *booking, basis));
    made.bookings.push_back(*std::move(booking));
  }
  if (!made.skipped.empty() && (!wanted.skips_conflicts || made.bookings.empty()))
    co_return fail(all_conflicts(made.skipped));
  made.balance = basis.subscription.balance;
  co_return made;
}

Task<Result<Booking>> BookingService::get(Caller const& caller, BookingId id) {
  auto booking = co_await parts_.bookings.find(id);
  if (!booking) co_return fail(not_found("Booking not found"));
  if (!caller.part_in(booking->client_id, booking->trainer_id))
    co_return fail(forbidden("You have no part in this booking"));
  co_return *std::move(booking);
}

Task<BookingPage> BookingService::list(Caller const& caller, BookingQuestion const& question,
                                       std::int64_t limit, std::int64_t offset) {
  BookingFilter filter{.client = question.client,
                       .trainer = question.trainer,
                       .status = question.status,
                       .from = question.from,
                       .to = question.to,
                       .is_newest_first = question.is_newest_first};
  if (!caller.is_admin) {
    // A role without its profile sees nothing yet.
    if (!caller.client_id && !caller.trainer_id) co_return BookingPage{};
    filter.seen_by_client = caller.client_id;
    filter.seen_by_trainer = caller.trainer_id;
  }
  co_return co_await parts_.bookings.list(filter, limit, offset);
}

Task<Result<std::vector<BookingEvent>>> BookingService::events(Caller const& caller, BookingId id) {
  CO_TRY(auto const booking, co_await get(caller, id));
  co_return co_await parts_.events.list(booking.id.value);
}

Task<BookingStats> BookingService::stats(Instant from, Instant to) {
  return parts_.bookings.stats(from, to);
}

}  // namespace insighta::booking
