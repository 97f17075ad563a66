#include "booking/repositories/client_profile_repository.hpp"

#include "booking/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;

ClientProfile profile_of(Row const& row) {
  return {.id = row.get<ClientId>(0),
          .user_id = row.get<UserId>(1),
          .display_name = row.get<std::string>(2),
          .time_zone = row.get<std::string>(3),
          .phone = row.get<std::optional<std::string>>(4),
          .goals = row.get<std::string>(5),
          .version = row.get<std::int64_t>(6),
          .created_at = row.get<Instant>(7)};
}

std::optional<ClientProfile> one_of(Rows const& rows) {
  if (rows.is_empty()) return {};
  return profile_of(rows.single());
}

}  // namespace

Task<std::optional<ClientProfile>> ClientProfileRepository::find(ClientId id) {
  co_return one_of(co_await database_.query(queries::select_client_profile, Parameters(id)));
}

Task<std::optional<ClientProfile>> ClientProfileRepository::find_by_user(UserId user) {
  co_return one_of(
      co_await database_.query(queries::select_client_profile_by_user, Parameters(user)));
}

Task<ClientProfile> ClientProfileRepository::upsert(Transaction& tx, ClientProfile const& profile) {
  auto const rows = co_await tx.query(
      queries::upsert_client_profile,
      Parameters(profile.id, profile.user_id, profile.display_name, profile.time_zone,
                 profile.phone, profile.goals, profile.created_at));
  co_return profile_of(rows.single());
}

Task<bool> ClientProfileRepository::is_known_to(TrainerId trainer, ClientId client) {
  auto const rows =
      co_await database_.query(queries::select_is_client_known, Parameters(trainer, client));
  co_return rows.single().get<bool>(0);
}

}  // namespace insighta::booking
