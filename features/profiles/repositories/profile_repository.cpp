#include "profiles/repositories/profile_repository.hpp"

#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"
#include "profiles/queries.hpp"
#include "profiles/repositories/copy_binary.hpp"
#include "profiles/repositories/statement_text.hpp"

#include <fmt/format.h>

namespace insighta::profiles {

namespace {

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

Total total_of(postgres::Rows const& rows) {
  auto const row = rows.single();
  return {row.get<std::int64_t>(0), row.get<std::int64_t>(1)};
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

  Task<void> begin(std::string sql, bool by_sorting) {
    if (by_sorting) co_await transaction_.query(queries::sort_export);
    co_await transaction_.begin_copy_out(std::move(sql));
  }

  Task<std::vector<Profile>> next() override {
    constexpr std::size_t some = 500;
    std::vector<Profile> profiles;
    while (profiles.size() < some && !is_at_end_) {
      auto const piece = co_await transaction_.copy_read();
      if (piece)
        append_exported(*piece, profiles);
      else
        is_at_end_ = true;
    }
    co_return profiles;
  }

 private:
  postgres::Transaction transaction_;
  bool is_at_end_ = false;
};

}  // namespace

/// What may read for long runs on a connection of its own, in front of nobody.
Task<postgres::Rows> ProfileRepository::run(Statement statement) {
  postgres::Query const query{statement.name, statement.sql};
  if (!statement.name.empty())
    co_return co_await database_.query(query, std::move(statement.values));
  auto transaction = co_await database_.begin();
  co_return co_await transaction.query(query, std::move(statement.values));
}

Task<std::vector<Profile>> ProfileRepository::list(ListQuery const& query, Total const& total) {
  if (way_to(query, total) == Way::far) co_return co_await list_far(query);
  co_return profiles_of(co_await run(page_statement(query, total)));
}

Task<std::vector<Profile>> ProfileRepository::list_far(ListQuery const& query) {
  auto transaction = co_await database_.begin();
  co_await transaction.query(queries::see_one_moment);
  auto counting = total_statement(query.filters);
  auto const counted =
      co_await transaction.query({counting.name, counting.sql}, std::move(counting.values));
  auto const page = page_statement(query, total_of(counted));
  co_return profiles_of(co_await transaction.query({"", page.sql}, page.values));
}

Task<Total> ProfileRepository::count(Filters const& filters) {
  co_return total_of(co_await run(total_statement(filters)));
}

Task<Stats> ProfileRepository::stats(Filters const& filters) {
  auto const rows = co_await run(stats_statement(filters));
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
  // With more, a reader would wait too long for the first row.
  constexpr std::int64_t most_sorted = 1'000'000;
  auto const total = co_await count(filters);
  auto rows = std::make_unique<CopiedRows>(co_await database_.begin_bulk());
  co_await rows->begin(export_statement(filters, sort), total.matching <= most_sorted);
  co_return rows;
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
