#include "booking/repositories/integrity_repository.hpp"

#include "booking/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

struct Invariant {
  std::string_view id;
  std::string_view title;
  postgres::Query const& count;
};

constexpr Invariant invariants[] = {
    {"I1", "two claims of one trainer overlap", queries::count_overlaps_of_trainers},
    {"I2", "two claims of one client overlap", queries::count_overlaps_of_clients},
    {"I3", "a confirmed appointment without its claim, or a claim without a live owner",
     queries::count_claims_astray},
    {"I4", "a booking with debits other than one, several refunds, or a refund without a debit",
     queries::count_bookings_not_paid_once},
    {"I5", "a negative balance", queries::count_negative_balances},
    {"I6", "a cancelled booking whose outcome contradicts its notice and canceller",
     queries::count_wrong_refund_decisions},
    {"I7", "statuses of a booking and its session that do not pair",
     queries::count_unpaired_sessions},
    {"I8", "a gap in event numbers, or a count of moves that is not the client's",
     queries::count_histories_with_gaps},
    {"I9", "an event without its outbox row", queries::count_events_without_outbox},
    {"I10", "a rating that differs from the reviews", queries::count_wrong_ratings},
};

}  // namespace

Task<IntegrityReport> IntegrityRepository::check() {
  auto transaction = co_await database_.begin_bulk();
  co_await transaction.query(queries::begin_snapshot);
  IntegrityReport report;
  for (auto const& [id, title, count] : invariants) {
    auto const rows = co_await transaction.query(count);
    report.checks.push_back(
        {.id = id, .title = title, .count = rows.single().get<std::int64_t>(0)});
  }
  co_await transaction.commit();
  co_return report;
}

}  // namespace insighta::booking
