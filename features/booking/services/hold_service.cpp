#include "booking/services/hold_service.hpp"

#include "booking/domain/offer.hpp"
#include "booking/domain/policy.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/discovery_repository.hpp"
#include "booking/services/booking_setup.hpp"

namespace insighta::booking {

namespace {

Hold hold_of(Claim const& claim) {
  return {.id = claim.id,
          .trainer_id = claim.trainer_id,
          .client_id = *claim.client_id,
          .time = claim.during,
          .expires_at = *claim.expires_at};
}

bool is_of(Claim const& claim, Caller const& caller) {
  return caller.is_admin || claim.client_id == caller.client_id;
}

}  // namespace

Task<Result<Hold>> HoldService::hold(Command const& command, NewHold const& wanted) {
  CO_TRY(auto const client, BookingSetup::client_of(command, wanted.client_id));
  CO_TRY(auto const pair, co_await setup_.read(command, client, wanted.trainer_id, wanted.start));
  if (requires_discovery_call_ &&
      !co_await calls_.find_completed(command.tx, client, wanted.trainer_id))
    co_return fail(
        conflict("Talk to this trainer first: book a discovery call", "DISCOVERY_REQUIRED"));
  auto const& terms = pair.trainer.terms;
  CO_TRY_VOID(check_start({pair.trainer, pair.availability, terms.session_length()}, wanted.start,
                          pair.by, command.at));
  co_await claims_.free_hold_of(command.tx, client, wanted.trainer_id);
  auto const id = ClaimId::make(command.at);
  Claim const claim{.id = id,
                    .trainer_id = wanted.trainer_id,
                    .client_id = client,
                    .during = {wanted.start, wanted.start + terms.session_length()},
                    .gap = terms.gap(),
                    .kind = ClaimKind::hold,
                    .owner_id = id.value,
                    .expires_at = command.at + policy::hold_life};
  CO_TRY_VOID(co_await setup_.take(command.tx, claim, command.at));
  co_return hold_of(claim);
}

Task<Result<Hold>> HoldService::get(Caller const& caller, ClaimId id, Instant now) {
  auto const claim = co_await claims_.find_hold(id, now);
  if (!claim || !is_of(*claim, caller)) co_return fail(not_found("Hold not found"));
  co_return hold_of(*claim);
}

Task<Result<void>> HoldService::release(Command const& command, ClaimId id) {
  auto const claim = co_await claims_.lock_hold(command.tx, id, command.at);
  if (!claim || !is_of(*claim, command.caller)) co_return fail(not_found("Hold not found"));
  co_await claims_.free(command.tx, claim->owner_id);
  co_return Result<void>{};
}

}  // namespace insighta::booking
