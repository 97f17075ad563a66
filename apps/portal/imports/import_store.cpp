#include "imports/import_store.hpp"

#include "platform/postgres/database.hpp"
#include "portal/queries.hpp"

namespace insighta::portal {

namespace {

using postgres::Parameters;
using namespace std::chrono_literals;

constexpr auto kept_for = 24h;

std::optional<std::string> unless_empty(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

}  // namespace

Task<bool> ImportStore::insert(Uuid id, Uuid user_id, std::optional<std::int64_t> bytes_expected,
                               Instant now) {
  auto const rows = co_await database_.query(
      queries::insert_import,
      Parameters{id, user_id, "", bytes_expected, now, Instant{now + kept_for}});
  co_return !rows.is_empty();
}

Task<void> ImportStore::update(Uuid id, ImportState const& state) {
  co_await database_.query(
      queries::update_import_progress,
      Parameters{id, state.bytes_received, state.phase, state.rejected_rows, state.file_name});
}

Task<void> ImportStore::finish(Uuid id, ImportState const& state) {
  co_await database_.query(
      queries::finish_import,
      Parameters{id, state.phase, state.bytes_received, state.rejected_rows,
                 unless_empty(state.summary), unless_empty(state.failure), state.file_name});
}

Task<std::optional<ImportState>> ImportStore::find(Uuid id, Uuid user_id, Instant now) {
  auto const rows = co_await database_.query(queries::select_import, Parameters{id, user_id, now});
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  ImportState state{.file_name = row.get<std::string>(0),
                    .phase = row.get<std::string>(1),
                    .bytes_received = row.get<std::int64_t>(2),
                    .bytes_expected = row.get<std::optional<std::int64_t>>(3),
                    .rejected_rows = row.get<std::int64_t>(4),
                    .summary = row.get<std::optional<std::string>>(5).value_or(""),
                    .failure = row.get<std::optional<std::string>>(6).value_or(""),
                    .started_at = row.get<Instant>(7)};
  if (state.is_running() && row.get<bool>(8)) {
    state.phase = "failed";
    state.failure = "The portal was restarted meanwhile.";
  }
  co_return state;
}

Task<void> ImportStore::add_report_piece(Uuid id, std::int32_t number, std::string csv) {
  co_await database_.query(queries::insert_import_report_piece, Parameters{id, number, csv});
}

Task<std::optional<std::string>> ImportStore::find_report_piece(Uuid id, std::int32_t number) {
  auto const rows =
      co_await database_.query(queries::select_import_report_piece, Parameters{id, number});
  if (rows.is_empty()) co_return std::nullopt;
  co_return rows.single().get<std::string>(0);
}

Task<void> ImportStore::remove_expired(Instant now) {
  co_await database_.query(queries::delete_expired_imports, Parameters{now});
}

}  // namespace insighta::portal
