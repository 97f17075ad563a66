#include "booking/repositories/personal_data_repository.hpp"

#include "booking/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

using postgres::Parameters;

namespace {

template <class Id>
std::vector<Id> ids_of(postgres::Rows const& rows) {
  std::vector<Id> ids;
  for (auto const row : rows) ids.push_back(row.get<Id>(0));
  return ids;
}

}  // namespace

Task<std::string> PersonalDataRepository::collect(UserId person) {
  auto const rows = co_await database_.query(queries::select_booking_export, Parameters(person));
  co_return rows.single().get<std::string>(0);
}

Task<std::vector<SubscriptionId>> PersonalDataRepository::lock_subscriptions(Transaction& tx,
                                                                             Caller const& person) {
  co_return ids_of<SubscriptionId>(co_await tx.query(
      queries::lock_subscriptions_of_person, Parameters(person.client_id, person.trainer_id)));
}

Task<std::vector<BookingId>> PersonalDataRepository::upcoming_bookings(Transaction& tx,
                                                                       Caller const& person,
                                                                       Instant now) {
  co_return ids_of<BookingId>(co_await tx.query(
      queries::select_upcoming_bookings, Parameters(person.client_id, person.trainer_id, now)));
}

Task<std::vector<CallId>> PersonalDataRepository::upcoming_calls(Transaction& tx,
                                                                 Caller const& person,
                                                                 Instant now) {
  co_return ids_of<CallId>(co_await tx.query(queries::select_upcoming_calls,
                                             Parameters(person.client_id, person.trainer_id, now)));
}

Task<void> PersonalDataRepository::forget(Transaction& tx, Caller const& person) {
  co_await tx.query(queries::delete_answers_of_person, Parameters(person.user_id));
  if (auto const client = person.client_id)
    for (auto const& query :
         {queries::forget_client, queries::forget_calls_of_client,
          queries::forget_bookings_of_client, queries::forget_sessions_of_client,
          queries::forget_reviews_of_client, queries::delete_holds_of_client})
      co_await tx.query(query, Parameters(*client));
  if (auto const trainer = person.trainer_id)
    for (auto const& query :
         {queries::forget_trainer, queries::forget_calls_of_trainer,
          queries::forget_bookings_of_trainer, queries::delete_availability_rules,
          queries::delete_exceptions_of_trainer, queries::delete_idle_claims_of_trainer})
      co_await tx.query(query, Parameters(*trainer));
}

}  // namespace insighta::booking
