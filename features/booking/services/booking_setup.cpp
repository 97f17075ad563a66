#include "booking/services/booking_setup.hpp"

#include "booking/domain/policy.hpp"
#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/client_profile_repository.hpp"
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
  CO_TRY_VOID(co_await check_client(command, client, *found));
  if (!found->is_bookable())
    co_return fail(
        conflict("This trainer takes no bookings at the moment", "TRAINER_NOT_BOOKABLE"));
  auto const by = command.caller.client_id == client ? Party::client : Party::admin;
  co_return Pair{client, *std::move(found), by, std::move(availability)};
}

Task<Result<void>> BookingSetup::check_client(Command const& command, ClientId client,
                                              Trainer const& trainer) {
  auto user = command.caller.user_id;
  if (client != command.caller.client_id) {
    auto const profile = co_await clients_.find(client);
    if (!profile) co_return fail(not_found("Client not found"));
    user = profile->user_id;
  }
  if (user == trainer.user_id)
    co_return fail(
        invalid("Nobody trains themselves", {{"trainer_id", "is the client in person"}}));
  co_return Result<void>{};
}

Task<Result<void>> BookingSetup::take(Transaction& tx, Claim const& claim, Instant now) {
  if (co_await claims_.take(tx, claim, now)) co_return Result<void>{};
  co_return fail(co_await claims_.explain(tx, claim));
}

}  // namespace insighta::booking
