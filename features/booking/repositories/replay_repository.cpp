#include "booking/repositories/replay_repository.hpp"

#include "booking/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

struct Comparison {
  std::string_view name;
  postgres::Query const& query;
};

constexpr postgres::Query const* rebuilding[] = {
    &queries::create_replay_schema, &queries::replay_bookings, &queries::replay_sessions,
    &queries::replay_calls, &queries::replay_claims};

constexpr Comparison comparisons[] = {{"events", queries::check_event_chains},
                                      {"bookings", queries::compare_replayed_bookings},
                                      {"sessions", queries::compare_replayed_sessions},
                                      {"calls", queries::compare_replayed_calls},
                                      {"claims", queries::compare_replayed_claims}};

ReplayedKind kind_of(std::string_view name, postgres::Row const& row) {
  return {.name = name,
          .replayed = row.get<std::int64_t>(0),
          .stored = row.get<std::int64_t>(1),
          .differing = row.get<std::int64_t>(2),
          .first_differing = row.get<std::vector<std::string>>(3)};
}

}  // namespace

Task<ReplayReport> ReplayRepository::compare() {
  // Never committed: the rollback takes the schema with it, whatever happens.
  auto transaction = co_await database_.begin_bulk();
  co_await transaction.query(queries::begin_snapshot);
  for (auto const* const step : rebuilding) co_await transaction.query(*step);
  ReplayReport report;
  for (auto const& [name, query] : comparisons) {
    auto const rows = co_await transaction.query(query);
    report.kinds.push_back(kind_of(name, rows.single()));
  }
  co_return report;
}

}  // namespace insighta::booking
