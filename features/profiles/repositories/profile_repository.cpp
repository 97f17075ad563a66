#include "profiles/repositories/profile_repository.hpp"

#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"
#include "profiles/queries.hpp"
#include "profiles/repositories/copy_text.hpp"
#include "profiles/repositories/statement_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace insighta::profiles {

namespace {

/// From here on the rows in front of a page are cheaper to skip in an index than in the table.
constexpr std::int64_t far_offset = 500;
constexpr int store_attempts = 4;

Gender gender_of(std::string_view word) {
  auto const gender = parse_gender(word);
  ensure(gender.has_value(), "a stored gender is a known one");
  return *gender;
}

Profile profile_of(postgres::Row const& row) {
  return {row.get<ProfileId>(0),
          row.get<std::string>(1),
          gender_of(row.get<std::string_view>(2)),
          row.get<double>(3),
          static_cast<int>(row.get<std::int64_t>(4)),
          row.get<std::string>(5),
          row.get<double>(6),
          row.get<Instant>(7)};
}

std::vector<Profile> profiles_of(postgres::Rows const& rows) {
  std::vector<Profile> profiles;
  profiles.reserve(rows.size());
  for (auto const row : rows) profiles.push_back(profile_of(row));
  return profiles;
}

std::optional<Profile> only_profile_of(postgres::Rows const& rows) {
  return rows.is_empty() ? std::nullopt : std::optional(profile_of(rows.single()));
}

std::string page_statement(ListQuery const& query) {
  auto const offset = query.after ? 0 : query.offset();
  auto const file =
      offset >= far_offset ? queries::list_profiles_far.sql : queries::list_profiles.sql;
  return filled(file, {.filters = filter_text(query.filters),
                       .after = query.after ? start_text(*query.after, query.sort) : "",
                       .order = order_text(query.sort),
                       .limit = fmt::to_string(query.limit),
                       .offset = fmt::to_string(offset)});
}

void add_fact(Stats& stats, postgres::Row const& row) {
  auto const count = row.get<std::int64_t>(4);
  if (!row.is_null(0)) {
    stats.gender[static_cast<std::size_t>(gender_of(row.get<std::string_view>(0)))] = count;
    stats.total += count;
  } else if (!row.is_null(1)) {
    auto const age = static_cast<int>(row.get<std::int64_t>(1));
    stats.age.push_back({age, count});
    stats.age_group[static_cast<std::size_t>(age_group_of(age))] += count;
  } else if (!row.is_null(2)) {
    stats.country.push_back({row.get<std::string>(2), count});
  } else {
    stats.created.push_back({row.get<std::string>(3), count});
  }
}

/// The rows of a COPY, some at a time; holds a connection for bulk work until it goes.
class CopiedRows final : public ProfileRows {
 public:
  explicit CopiedRows(postgres::Transaction transaction) : transaction_(std::move(transaction)) {}

  Task<void> begin(std::string sql) { co_await transaction_.begin_copy_out(std::move(sql)); }

  Task<std::vector<Profile>> next() override {
    constexpr std::size_t some = 500;
    std::vector<Profile> profiles;
    while (profiles.size() < some && !is_at_end_) {
      auto const piece = co_await transaction_.copy_read();
      if (piece)
        append_copied(*piece, profiles);
      else
        is_at_end_ = true;
    }
    co_return profiles;
  }

 private:
  postgres::Transaction transaction_;
  bool is_at_end_ = false;
};

/// Names that appear twice in one stage: the first row stays, the lines of the others are given.
std::vector<std::int64_t> append_first_of_each(std::span<StagedProfile const> rows,
                                               std::string& text) {
  std::vector<std::int64_t> repeated;
  std::unordered_set<std::string_view> seen;
  for (auto const& row : rows) {
    if (seen.insert(row.profile.name.key).second)
      append_staged(text, row);
    else
      repeated.push_back(row.line);
  }
  return repeated;
}

/// One attempt; nothing when the database asks to try again.
Task<std::optional<std::vector<std::int64_t>>> try_to_store(postgres::Database& database,
                                                            std::string_view text) {
  std::vector<std::int64_t> taken;
  try {
    auto transaction = co_await database.begin_bulk();
    co_await transaction.query(queries::create_import_stage);
    co_await transaction.begin_copy_in(queries::copy_import_stage);
    co_await transaction.copy_write(text);
    co_await transaction.copy_finish();
    auto const rows = co_await transaction.query(queries::store_import_stage);
    for (auto const row : rows) taken.push_back(row.get<std::int64_t>(0));
    co_await transaction.commit();
  } catch (postgres::Failure const& failure) {
    if (!failure.is_transient()) throw;
    co_return std::nullopt;
  }
  co_return taken;
}

}  // namespace

Task<std::vector<Profile>> ProfileRepository::list(ListQuery const& query) {
  auto const sql = page_statement(query);
  co_return profiles_of(co_await database_.query({"", sql}));
}

Task<std::int64_t> ProfileRepository::count(Filters const& filters) {
  auto const sql = filled(queries::count_profiles.sql, {.filters = filter_text(filters)});
  auto const rows = co_await database_.query({"", sql});
  co_return rows.single().get<std::int64_t>(0);
}

Task<Stats> ProfileRepository::stats(Filters const& filters) {
  auto const sql = filled(queries::count_profiles_by_fact.sql, {.filters = filter_text(filters)});
  auto const rows = co_await database_.query({"", sql});
  Stats stats;
  for (auto const row : rows) add_fact(stats, row);
  co_return stats;
}

Task<std::optional<Profile>> ProfileRepository::find(ProfileId id) {
  co_return only_profile_of(
      co_await database_.query(queries::find_profile, postgres::Parameters(id)));
}

Task<std::optional<Profile>> ProfileRepository::find_by_name_key(std::string_view name_key) {
  co_return only_profile_of(
      co_await database_.query(queries::find_profile_by_name_key, postgres::Parameters(name_key)));
}

Task<bool> ProfileRepository::insert(NewProfile const& profile) {
  auto const rows = co_await database_.query(
      queries::insert_profile,
      postgres::Parameters(profile.id, profile.name.spelling, profile.name.key, profile.name.search,
                           to_string(profile.gender), profile.gender_probability,
                           std::int32_t{profile.age}, profile.country_id,
                           profile.country_probability, profile.created_at));
  co_return !rows.is_empty();
}

Task<bool> ProfileRepository::remove(ProfileId id) {
  auto const rows = co_await database_.query(queries::delete_profile, postgres::Parameters(id));
  co_return rows.affected() > 0;
}

Task<std::unique_ptr<ProfileRows>> ProfileRepository::read_all(Filters const& filters,
                                                               Sort const& sort) {
  auto sql = filled(queries::export_profiles.sql,
                    {.filters = filter_text(filters), .order = order_text(sort)});
  auto rows = std::make_unique<CopiedRows>(co_await database_.begin_bulk());
  co_await rows->begin(std::move(sql));
  co_return rows;
}

Task<std::vector<std::int64_t>> ProfileRepository::store(std::span<StagedProfile const> rows) {
  std::string text;
  auto lines = append_first_of_each(rows, text);
  for (int attempt = 1;; ++attempt) {
    auto taken = co_await try_to_store(database_, text);
    if (!taken) {
      if (attempt == store_attempts)
        throw postgres::Unavailable("an import met deadlocks again and again");
      continue;
    }
    lines.insert(lines.end(), taken->begin(), taken->end());
    std::ranges::sort(lines);
    co_return lines;
  }
}

std::string sort_value_of(Profile const& profile, SortField field) {
  switch (field) {
    case SortField::age:
      return fmt::to_string(profile.age);
    case SortField::gender_probability:
      return fmt::to_string(profile.gender_probability);
    case SortField::country_probability:
      return fmt::to_string(profile.country_probability);
    case SortField::name: {
      auto const name = Name::from(profile.name);
      ensure(name.has_value(), "a stored name is one");
      return name->key;
    }
    case SortField::created_at:
      break;
  }
  auto const since_epoch = profile.created_at.time_since_epoch();
  return fmt::to_string(std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count());
}

}  // namespace insighta::profiles
