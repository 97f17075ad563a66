#include "identity/repositories/device_repository.hpp"

#include "identity/queries.hpp"
#include "identity/repositories/words.hpp"
#include "platform/postgres/database.hpp"

#include <algorithm>
#include <array>

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;
using postgres::Bytes;
using postgres::Parameters;
using postgres::Rows;

constexpr auto wrong_codes_kept = 1h;

struct StateWord {
  DeviceState state;
  std::string_view word;
};
constexpr std::array state_words = {
    StateWord{DeviceState::pending, "pending"}, StateWord{DeviceState::approved, "approved"},
    StateWord{DeviceState::declined, "declined"}, StateWord{DeviceState::redeemed, "redeemed"}};

std::optional<DeviceGrant> grant_of(Rows const& rows) {
  if (rows.is_empty()) return {};
  auto const row = rows.single();
  return DeviceGrant{
      .device_code_hash = row.get<std::string>(0),
      .user_code_hash = row.get<std::string>(1),
      .client_id = row.get<std::string>(2),
      .scopes = scopes_of(row.get<std::vector<std::string>>(3)),
      .origin = {.address = row.get<std::string>(4), .user_agent = row.get<std::string>(5)},
      .created_at = row.get<Instant>(6),
      .expires_at = row.get<Instant>(7),
      .interval = std::chrono::seconds{row.get<std::int64_t>(8)},
      .last_polled_at = row.get<std::optional<Instant>>(9),
      .state =
          std::ranges::find(state_words, row.get<std::string_view>(10), &StateWord::word)->state,
      .user_id = row.get<std::optional<UserId>>(11),
      .auth_time = row.get<std::optional<Instant>>(12)};
}

}  // namespace

Task<bool> DeviceRepository::insert(DeviceGrant const& grant) {
  auto const rows = co_await database_.query(
      queries::insert_device_grant,
      Parameters(Bytes{grant.device_code_hash}, Bytes{grant.user_code_hash}, grant.client_id,
                 words_of(grant.scopes), grant.origin.address, grant.origin.user_agent,
                 grant.created_at, grant.expires_at,
                 static_cast<std::int32_t>(grant.interval.count())));
  co_return rows.affected() == 1;
}

Task<std::optional<DeviceGrant>> DeviceRepository::lock(Transaction& tx,
                                                        std::string_view device_code_hash) {
  co_return grant_of(
      co_await tx.query(queries::lock_device_grant, Parameters(Bytes{device_code_hash})));
}

Task<std::optional<DeviceGrant>> DeviceRepository::lock_by_user_code(
    Transaction& tx, std::string_view user_code_hash) {
  co_return grant_of(co_await tx.query(queries::lock_device_grant_by_user_code,
                                       Parameters(Bytes{user_code_hash})));
}

Task<void> DeviceRepository::update_poll(Transaction& tx, DeviceGrant const& grant) {
  co_await tx.query(queries::update_device_poll,
                    Parameters(Bytes{grant.device_code_hash}, grant.last_polled_at,
                               static_cast<std::int32_t>(grant.interval.count())));
}

Task<void> DeviceRepository::update_state(Transaction& tx, DeviceGrant const& grant,
                                          std::string_view decided_from) {
  std::optional<std::string> from;
  if (!decided_from.empty()) from = std::string{decided_from};
  co_await tx.query(queries::update_device_state,
                    Parameters(Bytes{grant.device_code_hash},
                               std::ranges::find(state_words, grant.state, &StateWord::state)->word,
                               grant.user_id, grant.auth_time, from));
}

Task<void> DeviceRepository::add_wrong_code(std::string_view browser_session_hash,
                                            std::string_view address, Instant now) {
  co_await database_.query(queries::insert_wrong_user_code,
                           Parameters(Bytes{browser_session_hash}, address, now));
}

Task<WrongUserCodes> DeviceRepository::count_wrong_codes(std::string_view browser_session_hash,
                                                         std::string_view address, Instant now) {
  auto const rows =
      co_await database_.query(queries::count_wrong_user_codes,
                               Parameters(Bytes{browser_session_hash}, address,
                                          now - wrong_codes_kept, now - 10min, now - 1min, now));
  auto const row = rows.single();
  co_return WrongUserCodes{.of_browser_session = row.get<std::int64_t>(0),
                           .of_address = row.get<std::int64_t>(1),
                           .of_all = row.get<std::int64_t>(2)};
}

Task<void> DeviceRepository::delete_expired(Instant now) {
  co_await database_.query(queries::delete_expired_device_grants, Parameters(now));
  co_await database_.query(queries::delete_old_wrong_user_codes,
                           Parameters(now - wrong_codes_kept));
}

}  // namespace insighta::identity
