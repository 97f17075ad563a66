#include "booking/repositories/discovery_repository.hpp"

#include "booking/queries.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;

/// A word that a check of the table keeps within the list.
template <class T>
T known(std::optional<T> word) {
  ensure(word.has_value(), "a word of the database is known");
  return *word;
}

DiscoveryCall call_of(Row const& row) {
  DiscoveryCall call{
      .id = row.get<CallId>(0),
      .client_id = row.get<ClientId>(1),
      .trainer_id = row.get<TrainerId>(2),
      .time = {row.get<Instant>(3), row.get<Instant>(4)},
      .contact = {known(parse_contact_mode(row.get<std::string_view>(5))), row.get<std::string>(6)},
      .goals = row.get<std::string>(7),
      .status = known(parse_call_status(row.get<std::string_view>(8))),
      .reschedule_count = static_cast<int>(row.get<std::int64_t>(9)),
      .outcome_notes = row.get<std::optional<std::string>>(10),
      .absent = {},
      .is_right_restored = row.get<bool>(12),
      .cancelled_by = {},
      .cancel_reason = row.get<std::optional<std::string>>(14),
      .cancelled_at = row.get<std::optional<Instant>>(15),
      .closed_at = row.get<std::optional<Instant>>(16),
      .version = row.get<std::int64_t>(17),
      .created_at = row.get<Instant>(18),
      .client_name = row.get<std::string>(19),
      .trainer_name = row.get<std::string>(20)};
  if (!row.is_null(11)) call.absent = known(parse_absentee(row.get<std::string_view>(11)));
  if (!row.is_null(13)) call.cancelled_by = known(parse_party(row.get<std::string_view>(13)));
  return call;
}

std::optional<DiscoveryCall> maybe_call(Rows const& rows) {
  if (rows.is_empty()) return {};
  return call_of(rows.single());
}

template <class T>
std::optional<std::string_view> word_of(std::optional<T> const& value) {
  if (!value) return {};
  return to_string(*value);
}

}  // namespace

Task<std::optional<DiscoveryCall>> DiscoveryRepository::find(CallId id) {
  auto const rows = co_await database_.query(queries::select_discovery_call, Parameters(id));
  co_return maybe_call(rows);
}

Task<CallPage> DiscoveryRepository::list(CallFilter const& filter, std::int64_t limit,
                                         std::int64_t offset) {
  auto const status = word_of(filter.status);
  auto [rows, count] = co_await when_all(
      database_.query(queries::select_discovery_calls,
                      Parameters(filter.of_client, filter.of_trainer, status, limit, offset)),
      database_.query(queries::count_discovery_calls,
                      Parameters(filter.of_client, filter.of_trainer, status)));
  CallPage page{.calls = {}, .total = count.single().template get<std::int64_t>(0)};
  for (auto const& row : rows) page.calls.push_back(call_of(row));
  co_return page;
}

Task<std::optional<DiscoveryCall>> DiscoveryRepository::lock(Transaction& tx, CallId id) {
  auto const rows = co_await tx.query(queries::lock_discovery_call, Parameters(id));
  co_return maybe_call(rows);
}

Task<Result<void>> DiscoveryRepository::insert(Transaction& tx, DiscoveryCall& call) {
  auto const rows =
      co_await tx.query(queries::insert_discovery_call,
                        Parameters(call.id, call.client_id, call.trainer_id, call.time.start,
                                   call.time.end, to_string(call.contact.mode), call.contact.handle,
                                   call.goals, to_string(call.status), call.created_at));
  if (rows.is_empty())
    co_return fail(
        conflict("There is, or was, a discovery call with this trainer already", "DISCOVERY_USED"));
  auto const row = rows.single();
  call.client_name = row.get<std::string>(0);
  call.trainer_name = row.get<std::string>(1);
  co_return Result<void>{};
}

Task<void> DiscoveryRepository::update(Transaction& tx, DiscoveryCall& call) {
  call.version += 1;
  co_await tx.query(
      queries::update_discovery_call,
      Parameters(call.id, call.time.start, call.time.end, to_string(call.status),
                 std::int32_t{call.reschedule_count}, call.outcome_notes, word_of(call.absent),
                 call.is_right_restored, word_of(call.cancelled_by), call.cancel_reason,
                 call.cancelled_at, call.closed_at, static_cast<std::int32_t>(call.version)));
}

Task<std::optional<CallId>> DiscoveryRepository::find_completed(Transaction& tx, ClientId client,
                                                                TrainerId trainer) {
  auto const rows =
      co_await tx.query(queries::select_completed_discovery_call, Parameters(client, trainer));
  if (rows.is_empty()) co_return std::nullopt;
  co_return rows.single().get<CallId>(0);
}

Task<std::vector<CallId>> DiscoveryRepository::list_unclosed(Instant started, std::int64_t limit,
                                                             std::int64_t offset) {
  auto const rows = co_await database_.query(queries::select_unclosed_discovery_calls,
                                             Parameters(started, limit, offset));
  std::vector<CallId> ids;
  for (auto const& row : rows) ids.push_back(row.get<CallId>(0));
  co_return ids;
}

}  // namespace insighta::booking
