#include "identity/repositories/privacy_repository.hpp"

#include "identity/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

using postgres::Parameters;

Task<std::string> PrivacyRepository::collect(UserId person) {
  auto const rows = co_await database_.query(queries::select_person_export, Parameters(person));
  co_return rows.single().get<std::string>(0);
}

Task<void> PrivacyRepository::forget(Transaction& tx, UserId person) {
  for (auto const& query :
       {queries::delete_all_user_codes, queries::delete_user_devices,
        queries::delete_user_logout_tokens, queries::delete_user_consents,
        queries::delete_user_identities, queries::delete_user_sessions, queries::forget_user})
    co_await tx.query(query, Parameters(person));
}

}  // namespace insighta::identity
