#include "booking/repositories/event_repository.hpp"

#include "booking/domain/policy.hpp"
#include "booking/queries.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;

Task<void> append_event(Transaction& tx, postgres::Query const& query, Uuid subject,
                        NewEvent const& event) {
  auto const told =
      co_await tx.query(query, Parameters(subject, event.kind, event.author.user_id,
                                          to_string(event.author.party), event.reason, event.at));
  ensure(told.affected() > 0, "an event is of something that is there");
}

}  // namespace

Task<void> EventRepository::append(Transaction& tx, BookingId booking, NewEvent const& event) {
  return append_event(tx, queries::insert_booking_event, booking.value, event);
}

Task<void> EventRepository::append(Transaction& tx, CallId call, NewEvent const& event) {
  return append_event(tx, queries::insert_call_event, call.value, event);
}

Task<void> EventRepository::set_reminders(Transaction& tx, Uuid subject, Instant start,
                                          Instant now) {
  std::vector<std::int32_t> minutes;
  for (auto const before : policy::reminders)
    minutes.push_back(static_cast<std::int32_t>(before.count()));
  co_await when_all(tx.query(queries::delete_waiting_reminders, Parameters(subject)),
                    tx.query(queries::insert_reminders, Parameters(subject, start, minutes, now)));
}

Task<void> EventRepository::remove_reminders(Transaction& tx, Uuid subject) {
  co_await tx.query(queries::delete_waiting_reminders, Parameters(subject));
}

Task<std::vector<BookingEvent>> EventRepository::list(Uuid subject) {
  auto const rows = co_await database_.query(queries::select_events, Parameters(subject));
  std::vector<BookingEvent> events;
  events.reserve(rows.size());
  for (auto const row : rows)
    events.push_back({.number = row.get<std::int64_t>(0),
                      .kind = row.get<std::string>(1),
                      .before_json = row.get<std::optional<std::string>>(2),
                      .after_json = row.get<std::string>(3),
                      .actor = row.get<std::optional<UserId>>(4),
                      .actor_role = row.get<std::string>(5),
                      .reason = row.get<std::string>(6),
                      .at = row.get<Instant>(7)});
  co_return events;
}

}  // namespace insighta::booking
