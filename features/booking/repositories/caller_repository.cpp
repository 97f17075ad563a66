#include "booking/repositories/caller_repository.hpp"

#include "booking/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

Caller caller_of(UserId user, postgres::Row const& row) {
  return {.user_id = user,
          .client_id = row.get<std::optional<ClientId>>(0),
          .trainer_id = row.get<std::optional<TrainerId>>(1)};
}

}  // namespace

Task<Caller> CallerRepository::find(UserId user) {
  auto const rows = co_await database_.query(queries::select_caller, postgres::Parameters(user));
  co_return caller_of(user, rows.single());
}

Task<Caller> CallerRepository::find(Transaction& tx, UserId user) {
  auto const rows = co_await tx.query(queries::select_caller, postgres::Parameters(user));
  co_return caller_of(user, rows.single());
}

}  // namespace insighta::booking
