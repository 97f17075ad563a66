#include "booking/services/booking_setup.hpp"

#include "booking/domain/policy.hpp"
#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "platform/async/when_all.hpp"

namespace insighta::booking {

namespace {

/// Longer than any session: what is on offer at an instant is decided by the dates around it.
constexpr std::chrono::hours around{24};

}  // namespace

Result<ClientId> BookingSetup::client_of(Command const& command, std::optional<ClientId> named) {
  auto const& caller = command.caller;
  if (named && named != caller.client_id && !caller.is_admin)
    return fail(forbidden("Only an admin acts for another client"));
  if (named) return *named;
  if (caller.client_id) return *caller.client_id;
  if (caller.is_admin)
    return fail(Error{.kind = ErrorKind::bad_request,
                      .code = "MISSING_FIELD",
                      .message = "An admin says for which client",
                      .fields = {{"client_id", "is required"}}});
  return fail(forbidden("Complete your client profile first: PUT /clients/me"));
}

Task<Result<Pair>> BookingSetup::read(Command const& command, ClientId client, TrainerId trainer,
                                      Instant start) {
  Interval const window{start - around, start + around};
  auto [found, availability] = co_await when_all(trainers_.find(command.tx, trainer),
                                                 availability_.find(command.tx, trainer, window));
  if (!found) co_return fail(not_found("Trainer not found"));
  if (command.caller.client_id == client && command.caller.trainer_id == trainer)
    co_return fail(invalid("Nobody trains themselves", {{"trainer_id", "is yourself"}}));
  if (!found->is_bookable())
    co_return fail(
        conflict("This trainer takes no bookings at the moment", "TRAINER_NOT_BOOKABLE"));
  auto const by = command.caller.client_id == client ? Party::client : Party::admin;
  co_return Pair{client, *std::move(found), by, std::move(availability)};
}

Task<Result<void>> BookingSetup::take(Transaction& tx, Claim const& claim, Instant now) {
  if (co_await claims_.take(tx, claim, now)) co_return Result<void>{};
  co_return fail(co_await claims_.explain(tx, claim));
}

}  // namespace insighta::booking
