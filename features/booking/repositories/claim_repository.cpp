#include "booking/repositories/claim_repository.hpp"

#include "booking/queries.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

#include <array>

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;

constexpr std::array<std::string_view, 4> kinds = {"hold", "discovery", "booking", "time_off"};

std::string_view word_of(ClaimKind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

Claim hold_of(Row const& row) {
  auto const id = row.get<ClaimId>(0);
  return {.id = id,
          .trainer_id = row.get<TrainerId>(1),
          .client_id = row.get<ClientId>(2),
          .during = {row.get<Instant>(3), row.get<Instant>(4)},
          .kind = ClaimKind::hold,
          .owner_id = id.value,
          .expires_at = row.get<Instant>(5)};
}

std::optional<Claim> one_hold_of(postgres::Rows const& rows) {
  if (rows.is_empty()) return {};
  return hold_of(rows.single());
}

Interval blocked_by(Claim const& claim) {
  return {claim.during.start, claim.during.end + claim.gap};
}

}  // namespace

Task<bool> ClaimRepository::take(Transaction& tx, Claim const& claim, Instant now) {
  auto const blocked = blocked_by(claim);
  // Behind each other in one message.
  auto const [freed, taken] = co_await when_all(
      tx.query(queries::delete_expired_holds_in_way,
               Parameters(claim.trainer_id, claim.client_id, blocked.start, claim.during.end,
                          blocked.end, now)),
      tx.query(queries::insert_claim,
               Parameters(claim.id, claim.trainer_id, claim.client_id, claim.during.start,
                          claim.during.end, blocked.end, word_of(claim.kind), claim.owner_id,
                          claim.expires_at, now)));
  co_return taken.affected() == 1;
}

Task<Error> ClaimRepository::explain(Transaction& tx, Claim const& claim) {
  auto const blocked = blocked_by(claim);
  auto const rows = co_await tx.query(
      queries::select_client_is_busy,
      Parameters(claim.trainer_id, claim.client_id, blocked.start, claim.during.end, blocked.end));
  if (rows.single().get<bool>(0))
    co_return conflict("The client has another appointment at that time", "CLIENT_BUSY");
  co_return conflict("That time is taken", "SLOT_TAKEN");
}

Task<bool> ClaimRepository::free(Transaction& tx, Uuid owner_id) {
  auto const rows = co_await tx.query(queries::delete_claim, Parameters(owner_id));
  co_return rows.affected() == 1;
}

Task<void> ClaimRepository::lock_moves(Transaction& tx, TrainerId trainer) {
  co_await tx.query(queries::lock_moves_of_trainer, Parameters(trainer.to_string()));
}

Task<std::optional<Claim>> ClaimRepository::lock_hold(Transaction& tx, ClaimId id, Instant now) {
  co_return one_hold_of(co_await tx.query(queries::lock_hold, Parameters(id, now)));
}

Task<std::optional<Claim>> ClaimRepository::find_hold(ClaimId id, Instant now) {
  co_return one_hold_of(co_await database_.query(queries::select_hold, Parameters(id, now)));
}

Task<void> ClaimRepository::free_hold_of(Transaction& tx, ClientId client, TrainerId trainer,
                                         std::optional<Interval> during) {
  std::optional<Instant> start;
  std::optional<Instant> end;
  if (during) {
    start = during->start;
    end = during->end;
  }
  co_await tx.query(queries::delete_hold_of_pair, Parameters(client, trainer, start, end));
}

Task<void> ClaimRepository::free_holds_within(Transaction& tx, TrainerId trainer,
                                              Interval const& time) {
  co_await tx.query(queries::delete_holds_within, Parameters(trainer, time.start, time.end));
}

Task<std::int64_t> ClaimRepository::free_expired_holds(Instant now) {
  auto const rows = co_await database_.query(queries::delete_expired_holds, Parameters(now));
  co_return rows.affected();
}

Task<std::vector<Interval>> ClaimRepository::blocked_of(TrainerId trainer, Interval const& window,
                                                        Instant now) {
  auto const rows = co_await database_.query(queries::select_blocked_of_trainer,
                                             Parameters(trainer, window.start, window.end, now));
  std::vector<Interval> blocked;
  blocked.reserve(rows.size());
  for (auto const row : rows) blocked.push_back({row.get<Instant>(0), row.get<Instant>(1)});
  co_return blocked;
}

Task<std::vector<Claim>> ClaimRepository::time_off_of(TrainerId trainer, Instant from) {
  auto const rows = co_await database_.query(queries::select_time_off, Parameters(trainer, from));
  std::vector<Claim> claims;
  for (auto const row : rows) {
    auto const id = row.get<ClaimId>(0);
    claims.push_back({.id = id,
                      .trainer_id = trainer,
                      .during = {row.get<Instant>(1), row.get<Instant>(2)},
                      .kind = ClaimKind::time_off,
                      .owner_id = id.value});
  }
  co_return claims;
}

}  // namespace insighta::booking
