#include "booking/repositories/availability_repository.hpp"

#include "booking/queries.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;

/// A date of any zone is at most a day away from UTC's, and appointments reach into the next.
constexpr std::chrono::days margin{3};

std::optional<LocalDate> date_of(Row const& row, std::size_t column) {
  auto const text = row.get<std::optional<std::string>>(column);
  if (!text) return {};
  auto const date = parse_local_date(*text);
  ensure(date.has_value(), "a stored date is one");
  return date;
}

AvailabilityRule rule_of(Row const& row) {
  return {.weekday = row.get<std::int32_t>(1),
          .start_min = row.get<std::int32_t>(2),
          .end_min = row.get<std::int32_t>(3),
          .valid_from = date_of(row, 4),
          .valid_to = date_of(row, 5)};
}

AvailabilityException exception_of(Row const& row) {
  auto const kind = parse_exception_kind(row.get<std::string_view>(3));
  ensure(kind.has_value(), "an exception's kind is a known word");
  return {.date = date_of(row, 2).value(),
          .kind = *kind,
          .start_min = row.get<std::optional<std::int32_t>>(4),
          .end_min = row.get<std::optional<std::int32_t>>(5)};
}

std::map<TrainerId, Availability> by_trainer(Rows const& rules, Rows const& exceptions) {
  std::map<TrainerId, Availability> found;
  for (auto const& row : rules) found[row.get<TrainerId>(0)].rules.push_back(rule_of(row));
  for (auto const& row : exceptions)
    found[row.get<TrainerId>(0)].exceptions.push_back(exception_of(row));
  return found;
}

Parameters for_rules(std::vector<TrainerId> const& trainers) {
  std::vector<Uuid> ids;
  for (auto const& trainer : trainers) ids.push_back(trainer.value);
  return Parameters(ids);
}

Parameters for_exceptions(std::vector<TrainerId> const& trainers, Interval const& window) {
  auto const utc_date = [](Instant instant) {
    return std::chrono::floor<std::chrono::days>(instant);
  };
  return for_rules(trainers)
      .add(to_text(LocalDate{utc_date(window.start) - margin}))
      .add(to_text(LocalDate{utc_date(window.end) + margin}));
}

Parameters all_of(TrainerId trainer, std::vector<AvailabilityRule> const& rules, Instant now) {
  std::vector<Uuid> ids;
  std::vector<std::int32_t> weekdays, starts, ends;
  std::vector<std::string> valid_from, valid_to;
  for (auto const& rule : rules) {
    ids.push_back(Uuid::v7(now));
    weekdays.push_back(rule.weekday);
    starts.push_back(rule.start_min);
    ends.push_back(rule.end_min);
    valid_from.push_back(rule.valid_from ? to_text(*rule.valid_from) : "");
    valid_to.push_back(rule.valid_to ? to_text(*rule.valid_to) : "");
  }
  return Parameters(trainer, ids, weekdays, starts, ends, valid_from, valid_to);
}

Availability taken_out(std::map<TrainerId, Availability>& found, TrainerId trainer) {
  return std::move(found[trainer]);
}

}  // namespace

Task<Availability> AvailabilityRepository::find(TrainerId trainer, Interval const& window) {
  std::vector const trainers = {trainer};
  auto found = co_await find(trainers, window);
  co_return taken_out(found, trainer);
}

Task<Availability> AvailabilityRepository::find(Transaction& tx, TrainerId trainer,
                                                Interval const& window) {
  std::vector const trainers = {trainer};
  auto [rules, exceptions] = co_await when_all(
      tx.query(queries::select_availability_rules, for_rules(trainers)),
      tx.query(queries::select_availability_exceptions, for_exceptions(trainers, window)));
  auto found = by_trainer(rules, exceptions);
  co_return taken_out(found, trainer);
}

Task<std::map<TrainerId, Availability>> AvailabilityRepository::find(
    std::vector<TrainerId> const& trainers, Interval const& window) {
  auto [rules, exceptions] = co_await when_all(
      database_.query(queries::select_availability_rules, for_rules(trainers)),
      database_.query(queries::select_availability_exceptions, for_exceptions(trainers, window)));
  co_return by_trainer(rules, exceptions);
}

Task<std::map<TrainerId, std::vector<Interval>>> AvailabilityRepository::taken_of(
    std::vector<TrainerId> const& trainers, Interval const& window, Instant now) {
  auto const rows = co_await database_.query(
      queries::select_taken_times, for_rules(trainers).add(window.start).add(window.end).add(now));
  std::map<TrainerId, std::vector<Interval>> taken;
  for (auto const& row : rows)
    taken[row.get<TrainerId>(0)].push_back({row.get<Instant>(1), row.get<Instant>(2)});
  co_return taken;
}

Task<Result<void>> AvailabilityRepository::replace_rules(Transaction& tx, TrainerId trainer,
                                                         std::vector<AvailabilityRule> const& rules,
                                                         Instant now) {
  try {
    co_await when_all(tx.query(queries::delete_availability_rules, Parameters(trainer)),
                      tx.query(queries::insert_availability_rules, all_of(trainer, rules, now)));
  } catch (postgres::Failure const& failure) {
    if (failure.constraint() != "availability_no_overlap") throw;
    co_return fail(invalid("Two rules overlap", {{"rules", "must not overlap"}}));
  }
  co_return Result<void>{};
}

Task<void> AvailabilityRepository::add_exception(Transaction& tx, TrainerId trainer, ExceptionId id,
                                                 AvailabilityException const& exception) {
  co_await tx.query(queries::insert_availability_exception,
                    Parameters(id, trainer, to_text(exception.date), to_string(exception.kind),
                               exception.start_min, exception.end_min));
}

Task<bool> AvailabilityRepository::remove_exception(Transaction& tx, TrainerId trainer,
                                                    ExceptionId id) {
  auto const rows =
      co_await tx.query(queries::delete_availability_exception, Parameters(id, trainer));
  co_return rows.affected() == 1;
}

Task<std::vector<StoredException>> AvailabilityRepository::exceptions(TrainerId trainer,
                                                                      LocalDate from) {
  std::vector const trainers = {trainer};
  auto const rows =
      co_await database_.query(queries::select_availability_exceptions,
                               for_rules(trainers).add(to_text(from)).add("9999-12-31"));
  std::vector<StoredException> exceptions;
  for (auto const& row : rows) exceptions.push_back({row.get<ExceptionId>(1), exception_of(row)});
  co_return exceptions;
}

Task<std::vector<ClaimInTheWay>> AvailabilityRepository::in_the_way(Transaction& tx,
                                                                    TrainerId trainer,
                                                                    Interval const& during) {
  auto const rows = co_await tx.query(queries::select_claims_in_the_way,
                                      Parameters(trainer, during.start, during.end));
  std::vector<ClaimInTheWay> claims;
  for (auto const& row : rows)
    claims.push_back({.kind = row.get<std::string>(0),
                      .owner_id = row.get<Uuid>(1),
                      .start = row.get<Instant>(2)});
  co_return claims;
}

Task<bool> AvailabilityRepository::remove_time_off(Transaction& tx, TrainerId trainer, ClaimId id) {
  auto const rows = co_await tx.query(queries::delete_time_off, Parameters(id, trainer));
  co_return rows.affected() == 1;
}

}  // namespace insighta::booking
