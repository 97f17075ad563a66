#include "profiles/repositories/import_store.hpp"

#include "platform/async/when_all.hpp"
#include "platform/postgres/database.hpp"
#include "profiles/queries.hpp"
#include "profiles/repositories/copy_binary.hpp"

#include <algorithm>

namespace insighta::profiles {

namespace {

/// The same for equal names, in every process and version.
std::size_t half_of(std::string_view name_key) {
  unsigned sum = 0;
  for (unsigned char const c : name_key) sum += c;
  return sum % 2;
}

}  // namespace

/// One connection's part: a transaction that copies into its stage until it stores.
class ImportStore::Half {
 public:
  Half(postgres::Transaction transaction, std::int32_t turn)
      : transaction_(std::move(transaction)), turn_(turn) {}

  Task<void> begin() {
    co_await transaction_.query(queries::create_import_stage);
    co_await transaction_.begin_copy_in(queries::copy_import_stage);
    co_await transaction_.copy_write(copy_header());
  }
  Task<void> write(std::string_view rows) { return transaction_.copy_write(rows); }

  Task<std::vector<std::int64_t>> store() {
    co_await transaction_.copy_write(copy_trailer());
    auto const staged = co_await transaction_.copy_finish();
    co_await transaction_.query(queries::take_import_turn, postgres::Parameters(turn_));
    auto const stored = co_await transaction_.query(queries::store_import_stage);
    std::vector<std::int64_t> taken;
    if (stored.affected() < staged)
      for (auto const row : co_await transaction_.query(queries::select_taken_lines))
        taken.push_back(row.get<std::int64_t>(0));
    co_await transaction_.commit();
    co_return taken;
  }

 private:
  postgres::Transaction transaction_;
  std::int32_t const turn_;
};

ImportStore::ImportStore(postgres::Database& database) : database_(database) {}
ImportStore::~ImportStore() = default;

Task<void> ImportStore::open(std::size_t half) {
  auto opened =
      std::make_unique<Half>(co_await database_.begin_bulk(), static_cast<std::int32_t>(half) + 1);
  co_await opened->begin();
  halves_[half] = std::move(opened);
}

Task<void> ImportStore::stage(std::span<StagedProfile const> rows) {
  if (rows.empty()) co_return;
  if (!halves_[0]) co_await do_all(open(0), open(1));
  for (auto& text : texts_) text.clear();
  for (auto const& row : rows) append_staged(texts_[half_of(row.profile.name.key)], row);
  staged_ += std::ssize(rows);
  co_await do_all(halves_[0]->write(texts_[0]), halves_[1]->write(texts_[1]));
}

Task<std::vector<std::int64_t>> ImportStore::store() {
  if (!halves_[0]) co_return std::vector<std::int64_t>{};
  auto [lines, others] = co_await when_all(halves_[0]->store(), halves_[1]->store());
  lines.insert(lines.end(), others.begin(), others.end());
  std::ranges::sort(lines);
  for (auto& half : halves_) half.reset();
  staged_ = 0;
  co_return std::move(lines);
}

}  // namespace insighta::profiles
