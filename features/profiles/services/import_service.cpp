#include "profiles/services/import_service.hpp"

#include "platform/async/when_all.hpp"
#include "profiles/domain/generated_profile.hpp"
#include "profiles/repositories/profile_repository.hpp"
#include "profiles/services/import_source.hpp"

#include <algorithm>

namespace insighta::profiles {

namespace {
/// Long enough that a transaction's cost vanishes, short enough that two batches are little memory
/// and reading one does not hold up the loop.
constexpr std::size_t batch_rows = 5'000;
}  // namespace

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
  for (std::uint64_t index = 0; index < count;) {
    Batch batch;
    for (; index < count && batch.good.size() < batch_rows; ++index)
      batch.good.push_back({static_cast<std::int64_t>(index) + 1, generate_profile(seed, index)});
    co_await store(std::move(batch), report, {});
  }
  co_return report;
}

Task<Result<ImportReport>> ImportService::run(ImportSource& source, OnSkipped on_skipped) {
  CO_TRY_VOID(co_await source.begin());
  ImportReport report;
  CO_TRY(auto batch, co_await read(source));
  while (!batch.is_last) {
    // The database stores one batch while the next is read.
    auto [stored, following] =
        co_await when_all(store(std::move(batch), report, on_skipped), read(source));
    if (!following) co_return fail(std::move(following).error());
    batch = std::move(*following);
  }
  co_return report;
}

Task<Result<ImportService::Batch>> ImportService::read(ImportSource& source) {
  CO_TRY(auto rows, co_await source.next(batch_rows, clock_.now()));
  bool const is_last = rows.size() == 0;
  co_return Batch{std::move(rows.good), std::move(rows.skipped), is_last};
}

Task<bool> ImportService::store(Batch batch, ImportReport& report, OnSkipped const& on_skipped) {
  std::vector<std::int64_t> taken;
  if (!batch.good.empty()) taken = co_await repository_.store(batch.good);
  report.total_rows += static_cast<std::int64_t>(batch.good.size() + batch.skipped.size());
  report.inserted += static_cast<std::int64_t>(batch.good.size() - taken.size());
  for (auto const line : taken)
    batch.skipped.push_back({line, RowReason::duplicate_name, to_string(Column::name)});
  std::ranges::sort(batch.skipped, {}, &SkippedRow::line);
  for (auto const& row : batch.skipped) {
    ++report.reasons[static_cast<std::size_t>(row.reason)];
    if (on_skipped) on_skipped(row);
  }
  co_return true;
}

}  // namespace insighta::profiles
