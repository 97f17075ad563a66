#include "profiles/services/import_service.hpp"

#include "platform/async/semaphore.hpp"
#include "platform/async/when_all.hpp"
#include "profiles/domain/generated_profile.hpp"
#include "profiles/repositories/profile_repository.hpp"
#include "profiles/services/import_source.hpp"

#include <algorithm>
#include <chrono>

namespace insighta::profiles {

namespace {

/// Read, checked and encoded at once: readers on the same loop wait no longer than for these.
constexpr std::size_t batch_rows = 1'000;
/// Stored at once: long enough that a transaction's cost and that of counting vanish, short enough
/// that nobody waits long for the turn to change profiles.
constexpr std::int64_t chunk_rows = 80'000;
/// A chunk that takes longer to come is stored as it is.
constexpr std::chrono::seconds longest_chunk{2};
/// So long connections wait for a sender's next batch: it comes within a few milliseconds from one
/// who keeps up with the database.
constexpr std::chrono::milliseconds patience{100};

}  // namespace

/// What was staged and is not stored yet, with the rows that were skipped among it.
struct ImportService::Chunk {
  ImportStore store;
  std::vector<SkippedRow> skipped = {};
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();

  bool is_due() const {
    auto const rows = store.staged() + std::ssize(skipped);
    return rows >= chunk_rows ||
           (rows > 0 && std::chrono::steady_clock::now() - begun >= longest_chunk);
  }
};

Task<Result<ImportReport>> ImportService::import_csv(identity::Actor const& actor,
                                                     http::BodyStream& body, OnSkipped on_skipped) {
  CO_TRY_VOID(actor.require(identity::Permission::profiles_import));
  CsvSource source(body);
  co_return co_await run(source, std::move(on_skipped));
}

Task<Result<ImportReport>> ImportService::import_json(identity::Actor const& actor,
                                                      http::BodyStream& body,
                                                      OnSkipped on_skipped) {
  CO_TRY_VOID(actor.require(identity::Permission::profiles_import));
  JsonSource source(body);
  co_return co_await run(source, std::move(on_skipped));
}

Task<ImportReport> ImportService::seed(std::uint64_t count, std::uint64_t seed) {
  ImportReport report;
  Chunk chunk{repository_.begin_import()};
  for (std::uint64_t index = 0; index < count;) {
    Batch batch;
    for (; index < count && batch.good.size() < batch_rows; ++index)
      batch.good.push_back({static_cast<std::int64_t>(index) + 1, generate_profile(seed, index)});
    co_await stage(batch, chunk);
    if (chunk.is_due() || index == count) co_await store(chunk, report, {});
  }
  co_return report;
}

Task<Result<ImportReport>> ImportService::run(ImportSource& source, OnSkipped on_skipped) {
  CO_TRY_VOID(co_await source.begin());
  ImportReport report;
  Chunk chunk{repository_.begin_import()};
  auto batch = co_await read(source);
  while (batch && !batch->is_last) {
    // The database takes one batch while the next is read.
    Semaphore is_read(loop_, 0);
    auto [taken, following] = co_await when_all(
        with_result(take(*batch, chunk, report, on_skipped, is_read)), read(source, is_read));
    batch = std::move(following);
  }
  // Also when the rest breaks off: what came stays.
  co_await store(chunk, report, on_skipped);
  if (!batch) co_return fail(std::move(batch).error());
  co_return report;
}

Task<Result<ImportService::Batch>> ImportService::read(ImportSource& source) {
  CO_TRY(auto rows, co_await source.next(batch_rows, clock_.now()));
  bool const is_last = rows.size() == 0;
  co_return Batch{std::move(rows.good), std::move(rows.skipped), is_last};
}

Task<Result<ImportService::Batch>> ImportService::read(ImportSource& source, Semaphore& is_read) {
  auto batch = co_await read(source);
  is_read.release();
  co_return batch;
}

Task<void> ImportService::take(Batch const& batch, Chunk& chunk, ImportReport& report,
                               OnSkipped const& on_skipped, Semaphore& is_next_read) {
  co_await stage(batch, chunk);
  if (chunk.is_due() || !co_await is_next_read.acquire(patience))
    co_await store(chunk, report, on_skipped);
}

Task<void> ImportService::stage(Batch const& batch, Chunk& chunk) {
  if (chunk.store.staged() == 0 && chunk.skipped.empty())
    chunk.begun = std::chrono::steady_clock::now();
  chunk.skipped.insert(chunk.skipped.end(), batch.skipped.begin(), batch.skipped.end());
  co_await chunk.store.stage(batch.good);
}

Task<void> ImportService::store(Chunk& chunk, ImportReport& report, OnSkipped const& on_skipped) {
  auto const staged = chunk.store.staged();
  auto const taken = co_await chunk.store.store();
  report.total_rows += staged + std::ssize(chunk.skipped);
  report.inserted += staged - std::ssize(taken);
  for (auto const line : taken)
    chunk.skipped.push_back({line, RowReason::duplicate_name, to_string(Column::name)});
  std::ranges::sort(chunk.skipped, {}, &SkippedRow::line);
  for (auto const& row : chunk.skipped) {
    ++report.reasons[static_cast<std::size_t>(row.reason)];
    if (on_skipped) on_skipped(row);
  }
  chunk.skipped.clear();
}

}  // namespace insighta::profiles
