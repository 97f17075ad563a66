#include "booking/repositories/booking_repository.hpp"

#include "booking/queries.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;
using Text = std::optional<std::string>;

template <class T>
T known(std::optional<T> value) {
  ensure(value.has_value(), "a stored word is a known one");
  return *value;
}

std::optional<Cancellation> cancellation_of(Row const& row) {
  auto const by = row.get<std::optional<std::string_view>>(14);
  if (!by) return {};
  return Cancellation{.by = known(parse_party(*by)),
                      .reason = row.get<Text>(15).value_or(""),
                      .notes = row.get<Text>(16),
                      .at = row.get<Instant>(17),
                      .notice = std::chrono::microseconds{row.get<std::int64_t>(18)}};
}

Booking booking_of(Row const& row) {
  return {.id = row.get<BookingId>(0),
          .client_id = row.get<ClientId>(1),
          .trainer_id = row.get<TrainerId>(2),
          .subscription_id = row.get<SubscriptionId>(3),
          .discovery_call_id = row.get<std::optional<CallId>>(4),
          .series_id = row.get<std::optional<SeriesId>>(5),
          .time = {row.get<Instant>(6), row.get<Instant>(7)},
          .client_tz = row.get<std::string>(8),
          .contact = {known(parse_contact_mode(row.get<std::string_view>(9))),
                      row.get<std::string>(10)},
          .status = known(parse_booking_status(row.get<std::string_view>(11))),
          .reschedule_count = static_cast<int>(row.get<std::int64_t>(12)),
          .cancellation = cancellation_of(row),
          .refund_outcome = known(parse_refund_outcome(row.get<std::string_view>(13))),
          .refund_window = std::chrono::microseconds{row.get<std::int64_t>(19)},
          .reschedule_limit = static_cast<int>(row.get<std::int64_t>(20)),
          .closed_at = row.get<std::optional<Instant>>(21),
          .version = row.get<std::int64_t>(22),
          .created_at = row.get<Instant>(23),
          .session_id = row.get<SessionId>(24),
          .session_status = known(parse_session_status(row.get<std::string_view>(25)))};
}

/// With the names of the two, as queries that only read give them.
Booking named_booking_of(Row const& row) {
  auto booking = booking_of(row);
  booking.client_name = row.get<std::string>(26);
  booking.trainer_name = row.get<std::string>(27);
  return booking;
}

std::optional<Booking> one_of(Rows const& rows) {
  if (rows.is_empty()) return {};
  return booking_of(rows.single());
}

TrainingSession session_of(Row const& row) {
  return {.id = row.get<SessionId>(0),
          .booking_id = row.get<BookingId>(1),
          .status = known(parse_session_status(row.get<std::string_view>(2))),
          .started_at = row.get<std::optional<Instant>>(3),
          .ended_at = row.get<std::optional<Instant>>(4),
          .trainer_joined_at = row.get<std::optional<Instant>>(5),
          .client_joined_at = row.get<std::optional<Instant>>(6),
          .notes = row.get<Text>(7),
          .version = row.get<std::int64_t>(8)};
}

std::optional<TrainingSession> one_session_of(Rows const& rows) {
  if (rows.is_empty()) return {};
  return session_of(rows.single());
}

BookingPage page_of(Rows const& rows) {
  BookingPage page;
  page.bookings.reserve(rows.size());
  for (auto const row : rows) {
    page.bookings.push_back(named_booking_of(row));
    page.total = row.get<std::int64_t>(28);
  }
  return page;
}

Parameters insertion_of(Booking const& booking) {
  return Parameters(booking.id, booking.client_id, booking.trainer_id, booking.subscription_id,
                    booking.discovery_call_id, booking.series_id, booking.time.start,
                    booking.time.end, booking.client_tz, to_string(booking.contact.mode),
                    booking.contact.handle, to_string(booking.status),
                    std::int64_t{booking.refund_window.count()},
                    std::int32_t{booking.reschedule_limit}, booking.created_at);
}

Parameters change_of(Booking const& booking) {
  std::optional<std::string> by;
  std::optional<std::string> reason;
  std::optional<std::string> notes;
  std::optional<Instant> at;
  std::optional<std::int64_t> notice;
  if (auto const& cancellation = booking.cancellation) {
    by = std::string{to_string(cancellation->by)};
    reason = cancellation->reason;
    notes = cancellation->notes;
    at = cancellation->at;
    notice = cancellation->notice.count();
  }
  return Parameters(booking.id, booking.time.start, booking.time.end, to_string(booking.status),
                    std::int32_t{booking.reschedule_count}, by, reason, notes, at, notice,
                    to_string(booking.refund_outcome), booking.closed_at,
                    static_cast<std::int32_t>(booking.version));
}

Text status_word(std::optional<BookingStatus> status) {
  if (!status) return {};
  return std::string{to_string(*status)};
}

}  // namespace

Task<std::optional<Booking>> BookingRepository::find(BookingId id) {
  auto const rows = co_await database_.query(queries::select_booking, Parameters(id));
  if (rows.is_empty()) co_return std::nullopt;
  co_return named_booking_of(rows.single());
}

Task<BookingPage> BookingRepository::list(BookingFilter const& filter, std::int64_t limit,
                                          std::int64_t offset) {
  bool const is_of_everybody = !filter.seen_by_client && !filter.seen_by_trainer;
  auto const& query =
      is_of_everybody ? queries::select_bookings : queries::select_bookings_of_person;
  auto page = page_of(co_await database_.query(
      query, Parameters(filter.seen_by_client, filter.seen_by_trainer, filter.client,
                        filter.trainer, status_word(filter.status), filter.from, filter.to,
                        filter.is_newest_first, limit, offset)));
  // Past the end no row carries the total.
  if (page.bookings.empty() && offset > 0) page.total = (co_await list(filter, 1, 0)).total;
  co_return page;
}

Task<BookingStats> BookingRepository::stats(Instant from, Instant to) {
  auto const rows =
      co_await database_.query(queries::count_bookings_by_status, Parameters(from, to));
  BookingStats stats;
  for (auto const row : rows) {
    auto const count = row.get<std::int64_t>(2);
    stats.by_status[known(parse_booking_status(row.get<std::string_view>(0)))] += count;
    stats.by_outcome[known(parse_refund_outcome(row.get<std::string_view>(1)))] += count;
    stats.total += count;
  }
  co_return stats;
}

Task<std::vector<Booking>> BookingRepository::confirmed_of_trainer(Transaction& tx,
                                                                   TrainerId trainer,
                                                                   Interval const& during) {
  auto const rows = co_await tx.query(queries::select_confirmed_bookings_of_trainer,
                                      Parameters(trainer, during.start, during.end));
  std::vector<Booking> bookings;
  for (auto const row : rows) bookings.push_back(booking_of(row));
  co_return bookings;
}

Task<std::optional<Booking>> BookingRepository::lock(Transaction& tx, BookingId id) {
  auto const [locked, rows] = co_await when_all(tx.query(queries::lock_booking, Parameters(id)),
                                                tx.query(queries::select_booking, Parameters(id)));
  co_return one_of(rows);
}

Task<void> BookingRepository::insert(Transaction& tx, Booking const& booking) {
  co_await when_all(tx.query(queries::insert_booking, insertion_of(booking)),
                    tx.query(queries::insert_session, Parameters(booking.session_id, booking.id)));
}

Task<void> BookingRepository::update(Transaction& tx, Booking& booking) {
  booking.version += 1;
  co_await when_all(tx.query(queries::update_booking, change_of(booking)),
                    tx.query(queries::update_session_status,
                             Parameters(booking.session_id, to_string(booking.session_status))));
}

Task<void> BookingRepository::update_session(Transaction& tx, TrainingSession const& session) {
  co_await tx.query(
      queries::update_session,
      Parameters(session.id, to_string(session.status), session.started_at, session.ended_at,
                 session.trainer_joined_at, session.client_joined_at, session.notes));
}

Task<std::optional<TrainingSession>> BookingRepository::find_session(SessionId id) {
  co_return one_session_of(co_await database_.query(queries::select_session, Parameters(id)));
}

Task<std::optional<TrainingSession>> BookingRepository::find_session(Transaction& tx,
                                                                     BookingId booking) {
  co_return one_session_of(
      co_await tx.query(queries::select_session_of_booking, Parameters(booking)));
}

Task<std::vector<BookingId>> BookingRepository::list_unattended(Instant ended, std::int64_t limit,
                                                                std::int64_t offset) {
  auto const rows = co_await database_.query(queries::select_unattended_bookings,
                                             Parameters(ended, limit, offset));
  std::vector<BookingId> ids;
  for (auto const row : rows) ids.push_back(row.get<BookingId>(0));
  co_return ids;
}

}  // namespace insighta::booking
