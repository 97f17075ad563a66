#pragma once

#include "identity/domain/device_grant.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <string_view>

namespace insighta::postgres {
class Database;
}

namespace insighta::identity {

/// How often codes were typed that nobody was shown.
struct WrongUserCodes {
  std::int64_t of_browser_session = 0;  ///< in the last hour
  std::int64_t of_address = 0;          ///< in the last ten minutes
  std::int64_t of_all = 0;              ///< in the last minute
};

/// Tables identity.device_grants and identity.wrong_user_codes.
class DeviceRepository {
 public:
  explicit DeviceRepository(postgres::Database& database) : database_(database) {}

  /// False when the user code is taken.
  Task<bool> insert(DeviceGrant const& grant);
  Task<std::optional<DeviceGrant>> lock(Transaction& tx, std::string_view device_code_hash);
  Task<std::optional<DeviceGrant>> lock_by_user_code(Transaction& tx,
                                                     std::string_view user_code_hash);
  /// Stores last poll and interval.
  Task<void> update_poll(Transaction& tx, DeviceGrant const& grant);
  /// Stores state, person and their sign-in; `decided_from` is kept when it is empty.
  Task<void> update_state(Transaction& tx, DeviceGrant const& grant, std::string_view decided_from);

  Task<void> add_wrong_code(std::string_view browser_session_hash, std::string_view address,
                            Instant now);
  Task<WrongUserCodes> count_wrong_codes(std::string_view browser_session_hash,
                                         std::string_view address, Instant now);

  /// What nobody can use any more.
  Task<void> delete_expired(Instant now);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::identity
