#include "booking/services/discovery_service.hpp"

#include "booking/domain/booking_event.hpp"
#include "booking/domain/offer.hpp"
#include "booking/domain/policy.hpp"
#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/client_profile_repository.hpp"
#include "booking/repositories/discovery_repository.hpp"
#include "booking/repositories/event_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "booking/services/booking_setup.hpp"
#include "booking/services/sweep.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking {

namespace {

/// Calls that the sweeper asks for at a time.
constexpr std::int64_t batch = 100;
/// What is on offer at an instant is decided by the dates around it.
constexpr std::chrono::hours around{24};

std::unexpected<Error> unknown_call() {
  return fail(not_found("Discovery call not found"));
}

std::unexpected<Error> not_bookable() {
  return fail(conflict("This trainer takes no bookings at the moment", "TRAINER_NOT_BOOKABLE"));
}

/// As somebody in this part may see it.
DiscoveryCall shown_to(Party party, DiscoveryCall call) {
  if (party == Party::client) call.outcome_notes.reset();
  return call;
}

}  // namespace

Task<Result<DiscoveryCall>> DiscoveryService::book(Command const& command, NewCall const& wanted) {
  auto& tx = command.tx;
  CO_TRY(auto const client, BookingSetup::client_of(command, wanted.client_id));
  auto const by = client == command.caller.client_id ? Party::client : Party::admin;
  CO_TRY(auto const trainer, co_await check_time(command, wanted.trainer_id, wanted.start, by));
  CO_TRY_VOID(co_await check_pair(command, client, trainer));
  DiscoveryCall call{.id = CallId::make(command.at),
                     .client_id = client,
                     .trainer_id = trainer.id,
                     .time = {wanted.start, wanted.start + policy::discovery_length},
                     .contact = wanted.contact,
                     .goals = wanted.goals,
                     .outcome_notes = {},
                     .absent = {},
                     .cancelled_by = {},
                     .cancel_reason = {},
                     .cancelled_at = {},
                     .closed_at = {},
                     .created_at = command.at};
  CO_TRY_VOID(co_await parts_.calls.insert(tx, call));
  CO_TRY_VOID(co_await take_time(command, call, trainer));
  NewEvent const booked{.kind = "booked", .author = command.as(by), .at = command.at};
  co_await parts_.events.append(tx, call.id, booked);
  co_await parts_.events.set_reminders(tx, call.id.value, call.time.start, command.at);
  co_return call;
}

Task<Result<DiscoveryCall>> DiscoveryService::reschedule(Command const& command, CallId id,
                                                         Instant start, std::string reason) {
  auto& tx = command.tx;
  CO_TRY(auto held, co_await hold(command, id));
  auto& [call, by] = held;
  CO_TRY_VOID(may_reschedule(call, by, command.at));
  CO_TRY(auto const trainer, co_await check_time(command, call.trainer_id, start, by));
  co_await parts_.claims.lock_moves(tx, call.trainer_id);
  co_await parts_.claims.free(tx, call.id.value);
  call.time = {start, start + policy::discovery_length};
  if (by == Party::client) call.reschedule_count += 1;
  co_await parts_.calls.update(tx, call);
  CO_TRY_VOID(co_await take_time(command, call, trainer));
  NewEvent const moved{.kind = "rescheduled",
                       .author = command.as(by),
                       .reason = std::move(reason),
                       .at = command.at};
  co_await parts_.events.append(tx, call.id, moved);
  co_await parts_.events.set_reminders(tx, call.id.value, start, command.at);
  co_return shown_to(by, std::move(call));
}

Task<Result<DiscoveryCall>> DiscoveryService::cancel(Command const& command, CallId id,
                                                     std::string reason) {
  CO_TRY(auto held, co_await hold(command, id));
  auto& [call, by] = held;
  CO_TRY_VOID(may_cancel(call, command.at));
  call.status = CallStatus::cancelled;
  call.cancelled_by = by;
  call.cancel_reason = reason;
  call.cancelled_at = command.at;
  co_await close(command.tx, call,
                 {.kind = "cancelled",
                  .author = command.as(by),
                  .reason = std::move(reason),
                  .at = command.at});
  co_return shown_to(by, std::move(call));
}

Task<bool> DiscoveryService::withdraw(Transaction& tx, CallId id, std::string reason, Instant at) {
  auto call = co_await parts_.calls.lock(tx, id);
  if (!call || !may_cancel(*call, at)) co_return false;
  call->status = CallStatus::cancelled;
  call->cancelled_by = Party::system;
  call->cancel_reason = reason;
  call->cancelled_at = at;
  NewEvent withdrawn{.kind = "cancelled", .author = {}, .reason = std::move(reason), .at = at};
  co_await close(tx, *call, std::move(withdrawn));
  co_return true;
}

Task<Result<DiscoveryCall>> DiscoveryService::complete(Command const& command, CallId id,
                                                       std::optional<std::string> notes) {
  CO_TRY(auto held, co_await hold(command, id));
  auto& [call, by] = held;
  CO_TRY_VOID(may_complete(call, by, command.at));
  call.status = CallStatus::completed;
  call.outcome_notes = std::move(notes);
  co_await close(command.tx, call,
                 {.kind = "completed", .author = command.as(by), .at = command.at});
  co_return std::move(call);
}

Task<Result<DiscoveryCall>> DiscoveryService::report_no_show(Command const& command, CallId id) {
  CO_TRY(auto held, co_await hold(command, id));
  auto& [call, by] = held;
  CO_TRY(auto const absent, decide_no_show(call, by, command.at));
  call.status = CallStatus::no_show;
  call.absent = absent;
  call.is_right_restored = absent == Absentee::trainer;
  co_await close(command.tx, call, {.kind = "no_show", .author = command.as(by), .at = command.at});
  co_return shown_to(by, std::move(call));
}

Task<Result<DiscoveryCall>> DiscoveryService::restore(Command const& command, CallId id) {
  if (!command.caller.is_admin)
    co_return fail(forbidden("Only an administrator gives the right to a call back"));
  CO_TRY(auto held, co_await hold(command, id));
  auto& call = held.call;
  CO_TRY_VOID(may_restore(call));
  call.is_right_restored = true;
  co_await parts_.calls.update(command.tx, call);
  NewEvent const restored{
      .kind = "right_restored", .author = command.as(Party::admin), .at = command.at};
  co_await parts_.events.append(command.tx, call.id, restored);
  co_return std::move(call);
}

Task<Result<DiscoveryCall>> DiscoveryService::get(Caller const& caller, CallId id) {
  auto call = co_await parts_.calls.find(id);
  if (!call) co_return unknown_call();
  auto const party = caller.part_in(call->client_id, call->trainer_id);
  if (!party) co_return fail(forbidden("You have no part in this call"));
  co_return shown_to(*party, *std::move(call));
}

Task<CallPage> DiscoveryService::list(Caller const& caller, std::optional<CallStatus> status,
                                      std::int64_t limit, std::int64_t offset) {
  CallFilter filter{.of_client = {}, .of_trainer = {}, .status = status};
  if (!caller.is_admin) {
    // A role without its profile sees nothing yet.
    if (!caller.client_id && !caller.trainer_id) co_return CallPage{};
    filter.of_client = caller.client_id;
    filter.of_trainer = caller.trainer_id;
  }
  auto page = co_await parts_.calls.list(filter, limit, offset);
  for (auto& call : page.calls) {
    auto const party = caller.part_in(call.client_id, call.trainer_id);
    call = shown_to(party.value_or(Party::client), std::move(call));
  }
  co_return page;
}

Task<std::int64_t> DiscoveryService::sweep(Instant now) {
  std::int64_t closed = 0;
  Sweep sweep;
  while (true) {
    auto const due = co_await parts_.calls.list_unclosed(now - policy::discovery_sweep_after, batch,
                                                         sweep.failures());
    auto const before = closed + sweep.failures();
    for (auto const id : due)
      if (co_await sweep.attempt(close_if_left(id, now))) ++closed;
    // None is due, or another worker did all of them meanwhile and goes on with the rest.
    if (closed + sweep.failures() == before) break;
  }
  sweep.tell();
  co_return closed;
}

Task<bool> DiscoveryService::close_if_left(CallId id, Instant now) {
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    auto call = co_await parts_.calls.lock(tx, id);
    // Another worker, or its trainer, was faster.
    if (!call || !is_unclosed(*call, now)) co_return false;
    call->status = CallStatus::no_show;
    call->absent = Absentee::unknown;
    call->is_right_restored = true;
    NewEvent left{.kind = "no_show", .author = {}, .reason = "nobody_closed_it", .at = now};
    co_await close(tx, *call, std::move(left));
    co_return true;
  };
  co_return (co_await parts_.transactions.run<bool>(body)).value();
}

Task<Result<DiscoveryService::Held>> DiscoveryService::hold(Command const& command, CallId id) {
  auto call = co_await parts_.calls.lock(command.tx, id);
  if (!call) co_return unknown_call();
  auto const by = command.caller.part_in(call->client_id, call->trainer_id);
  if (!by) co_return fail(forbidden("You have no part in this call"));
  CO_TRY_VOID(command.require_version(call->version));
  co_return Held{*std::move(call), *by};
}

Task<Result<Trainer>> DiscoveryService::check_time(Command const& command, TrainerId trainer,
                                                   Instant start, Party by) {
  Interval const window{start - around, start + around};
  auto [found, availability] =
      co_await when_all(parts_.trainers.find(command.tx, trainer),
                        parts_.availability.find(command.tx, trainer, window));
  if (!found) co_return fail(not_found("Trainer not found"));
  if (by == Party::client && !found->is_bookable()) co_return not_bookable();
  CO_TRY_VOID(check_start({*found, availability, policy::discovery_length}, start, by, command.at));
  co_return *std::move(found);
}

Task<Result<void>> DiscoveryService::check_pair(Command const& command, ClientId client,
                                                Trainer const& trainer) {
  if (!trainer.is_bookable()) co_return not_bookable();
  auto user = command.caller.user_id;
  if (client != command.caller.client_id) {
    auto const profile = co_await parts_.clients.find(client);
    if (!profile) co_return fail(not_found("Client not found"));
    user = profile->user_id;
  }
  if (user == trainer.user_id)
    co_return fail(
        invalid("Nobody trains themselves", {{"trainer_id", "is the client in person"}}));
  co_return Result<void>{};
}

Task<Result<void>> DiscoveryService::take_time(Command const& command, DiscoveryCall const& call,
                                               Trainer const& trainer) {
  Claim const claim{.id = ClaimId::make(command.at),
                    .trainer_id = call.trainer_id,
                    .client_id = call.client_id,
                    .during = call.time,
                    .gap = trainer.terms.gap(),
                    .kind = ClaimKind::discovery,
                    .owner_id = call.id.value,
                    .expires_at = {}};
  co_return co_await parts_.setup.take(command.tx, claim, command.at);
}

Task<void> DiscoveryService::close(Transaction& tx, DiscoveryCall& call, NewEvent event) {
  if (call.status != CallStatus::cancelled) call.closed_at = event.at;
  co_await parts_.calls.update(tx, call);
  co_await parts_.claims.free(tx, call.id.value);
  co_await parts_.events.append(tx, call.id, event);
  co_await parts_.events.remove_reminders(tx, call.id.value);
}

}  // namespace insighta::booking
