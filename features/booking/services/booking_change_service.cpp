#include "booking/services/booking_change_service.hpp"

#include "booking/domain/offer.hpp"
#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/booking_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/event_repository.hpp"
#include "booking/repositories/subscription_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "booking/services/booking_setup.hpp"
#include "booking/services/credit_service.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

constexpr std::chrono::hours around{24};

Error no_part() {
  return forbidden("You have no part in this booking");
}

std::chrono::minutes length_of(Booking const& booking) {
  return std::chrono::duration_cast<std::chrono::minutes>(booking.time.end - booking.time.start);
}

}  // namespace

Task<Result<Booking>> BookingChangeService::reschedule(Command const& command, BookingId id,
                                                       NewTime const& wanted) {
  auto found = co_await parts_.bookings.lock(command.tx, id);
  if (!found) co_return fail(not_found("Booking not found"));
  auto booking = *std::move(found);
  auto const by = command.caller.part_in(booking.client_id, booking.trainer_id);
  if (!by) co_return fail(no_part());
  CO_TRY_VOID(command.require_version(booking.version));
  CO_TRY_VOID(may_reschedule(booking, *by, command.at));
  if (wanted.start == booking.time.start)
    co_return fail(invalid("That is the time it has", {{"start", "is the time it has"}}));
  CO_TRY(auto const trainer, co_await check_new_time(command, booking, *by, wanted.start));
  booking.time = {wanted.start, wanted.start + length_of(booking)};
  if (*by == Party::client) booking.reschedule_count += 1;
  CO_TRY_VOID(co_await swap_claims(command, booking, trainer.terms.gap()));
  NewEvent const moved{
      .kind = "rescheduled", .author = command.as(*by), .reason = wanted.reason, .at = command.at};
  co_await do_all(
      parts_.bookings.update(command.tx, booking),
      parts_.events.append(command.tx, booking.id, moved),
      parts_.events.set_reminders(command.tx, booking.id.value, booking.time.start, command.at));
  co_return booking;
}

Task<Result<Trainer>> BookingChangeService::check_new_time(Command const& command,
                                                           Booking const& booking, Party by,
                                                           Instant start) {
  Interval const window{start - around, start + around};
  auto [trainer, availability] =
      co_await when_all(parts_.trainers.find(command.tx, booking.trainer_id),
                        parts_.availability.find(command.tx, booking.trainer_id, window));
  ensure(trainer.has_value(), "a booking is with a trainer");
  if (by == Party::client && !trainer->is_bookable())
    co_return fail(
        conflict("This trainer takes no bookings at the moment", "TRAINER_NOT_BOOKABLE"));
  CO_TRY_VOID(check_start({*trainer, availability, length_of(booking)}, start, by, command.at));
  co_return *std::move(trainer);
}

/// Moves of one trainer's bookings take turns, so that two that swap do not wait for each other.
Task<Result<void>> BookingChangeService::swap_claims(Command const& command, Booking const& booking,
                                                     std::chrono::minutes gap) {
  auto& tx = command.tx;
  co_await parts_.claims.lock_moves(tx, booking.trainer_id);
  ensure(co_await parts_.claims.free(tx, booking.id.value), "a confirmed booking has its time");
  Claim const claim{.id = ClaimId::make(command.at),
                    .trainer_id = booking.trainer_id,
                    .client_id = booking.client_id,
                    .during = booking.time,
                    .gap = gap,
                    .kind = ClaimKind::booking,
                    .owner_id = booking.id.value};
  // As when booking: whoever holds the time for themselves gets it.
  co_await parts_.claims.free_hold_of(tx, booking.client_id, booking.trainer_id, booking.time);
  co_return co_await parts_.setup.take(tx, claim, command.at);
}

Task<Result<CancelledBooking>> BookingChangeService::cancel(Command const& command, BookingId id,
                                                            CancellationWish const& wish) {
  auto& tx = command.tx;
  auto [subscription, found] =
      co_await when_all(parts_.subscriptions.lock_of_booking(tx, id), parts_.bookings.lock(tx, id));
  if (!found || !subscription) co_return fail(not_found("Booking not found"));
  auto booking = *std::move(found);
  auto const by = command.caller.part_in(booking.client_id, booking.trainer_id);
  if (!by) co_return fail(no_part());
  CO_TRY_VOID(command.require_version(booking.version));
  CO_TRY(auto const decision, decide_cancellation(booking, *by, command.at));

  co_await carry_out(tx, booking, *subscription, decision,
                     {.by = *by,
                      .reason = wish.reason,
                      .notes = wish.notes,
                      .at = command.at,
                      .notice = decision.notice},
                     command.as(*by));
  co_return CancelledBooking{std::move(booking), subscription->balance};
}

Task<bool> BookingChangeService::withdraw(Transaction& tx, BookingId id, std::string reason,
                                          Instant at) {
  auto [subscription, found] =
      co_await when_all(parts_.subscriptions.lock_of_booking(tx, id), parts_.bookings.lock(tx, id));
  if (!found || !subscription) co_return false;
  auto booking = *std::move(found);
  auto const decision = decide_cancellation(booking, Party::system, at);
  if (!decision) co_return false;
  co_await carry_out(tx, booking, *subscription, *decision,
                     {.by = Party::system,
                      .reason = std::move(reason),
                      .notes = {},
                      .at = at,
                      .notice = decision->notice},
                     {});
  co_return true;
}

Task<void> BookingChangeService::carry_out(Transaction& tx, Booking& booking,
                                           Subscription& subscription,
                                           RefundDecision const& decision,
                                           Cancellation cancellation, Author author) {
  NewEvent const cancelled{
      .kind = "cancelled", .author = author, .reason = cancellation.reason, .at = cancellation.at};
  booking.status = BookingStatus::cancelled;
  booking.session_status = SessionStatus::cancelled;
  booking.refund_outcome = decision.outcome;
  ensure(co_await parts_.claims.free(tx, booking.id.value), "a confirmed booking has its time");
  if (decision.outcome == RefundOutcome::credited)
    co_await parts_.credits.refund(tx, subscription, booking.id,
                                   std::string{refund_reason(decision, cancellation.by)},
                                   cancellation.at, author.user_id);
  booking.cancellation = std::move(cancellation);
  co_await do_all(parts_.bookings.update(tx, booking),
                  parts_.events.append(tx, booking.id, cancelled),
                  parts_.events.remove_reminders(tx, booking.id.value));
}

Task<Result<CancellationPreview>> BookingChangeService::preview(Caller const& caller, BookingId id,
                                                                Instant now) {
  auto const booking = co_await parts_.bookings.find(id);
  if (!booking) co_return fail(not_found("Booking not found"));
  auto const by = caller.part_in(booking->client_id, booking->trainer_id);
  if (!by) co_return fail(no_part());
  CO_TRY(auto const decision, decide_cancellation(*booking, *by, now));
  co_return CancellationPreview{decision,
                                refund_deadline(booking->time.start, booking->refund_window),
                                refund_reason(decision, *by)};
}

}  // namespace insighta::booking
