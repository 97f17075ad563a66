#include "platform/async/when_all.hpp"
#include "platform/testing/postgres_test.hpp"
#include "profiles/repositories/conditions.hpp"
#include "profiles/repositories/profile_repository.hpp"
#include "profiles/repositories/statement_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace insighta::profiles {
namespace {

constexpr std::string_view few_countries[] = {"NG", "KE", "GB", "DE"};

/// Many writers and readers of few kinds of profiles. Places fill up with few rows here.
class TotalsTest : public testing::PostgresTest {
 protected:
  std::size_t below(std::size_t end) { return random_() % end; }
  bool is_once_in(std::size_t times) { return below(times) == 0; }

  NewProfile some_profile() {
    created_at_ += std::chrono::milliseconds{below(900)};
    bool const is_old = is_once_in(3);
    auto const day = std::chrono::hours{24} * static_cast<int>(is_old ? 1 + below(9) : 0);
    return {ProfileId::make(created_at_),
            *Name::from(fmt::format("{} {}", is_once_in(2) ? "Zoë" : "ann", below(1'500))),
            is_once_in(2) ? Gender::male : Gender::female,
            some_probability(),
            static_cast<int>(below(max_age + 1)),
            std::string(few_countries[below(std::size(few_countries))]),
            some_probability(),
            std::chrono::floor<std::chrono::seconds>(created_at_ - day)};
  }
  double some_probability() {
    if (is_once_in(5)) return 1.0 / static_cast<double>(1 + below(7));
    return static_cast<double>(below(101)) / 100;
  }
  Filters some_filters() {
    Filters filters;
    if (is_once_in(2)) filters.gender = is_once_in(2) ? Gender::male : Gender::female;
    if (is_once_in(3)) filters.age_groups.push_back(all_age_groups[below(4)]);
    if (is_once_in(6)) filters.age_groups.push_back(all_age_groups[below(4)]);
    while (is_once_in(3))
      filters.country_ids.emplace_back(few_countries[below(std::size(few_countries))]);
    if (is_once_in(3)) filters.min_age = static_cast<int>(below(70));
    if (is_once_in(3)) filters.max_age = static_cast<int>(below(130));
    if (is_once_in(3)) filters.min_gender_probability = some_probability();
    if (is_once_in(3)) filters.min_country_probability = some_probability();
    if (is_once_in(6)) filters.name = is_once_in(2) ? "n 1" : "1";
    if (is_once_in(6)) filters.name_prefix = is_once_in(2) ? "zoe 2" : "a";
    return filters;
  }

  Task<void> write(int steps) {
    ProfileRepository repository(database_);
    while (steps-- > 0) {
      switch (below(6)) {
        case 0:
        case 1:
          co_await insert(repository);
          break;
        case 2:
        case 3:
          co_await import(repository);
          break;
        case 4:
          if (!ids_.empty()) co_await repository.remove(ids_[below(ids_.size())]);
          break;
        default:
          co_await change_many();
      }
    }
  }
  Task<void> insert(ProfileRepository& repository) {
    auto const profile = some_profile();
    if (co_await repository.insert(profile)) ids_.push_back(profile.id);
  }
  Task<void> import(ProfileRepository& repository) {
    std::vector<StagedProfile> rows;
    for (std::size_t i = 0, count = 1 + below(200); i < count; ++i)
      rows.push_back({static_cast<std::int64_t>(i) + 1, some_profile()});
    auto store = repository.begin_import();
    co_await store.stage(rows);
    auto const taken = co_await store.store();
    for (auto const& row : rows)
      if (!std::ranges::binary_search(taken, row.line)) ids_.push_back(row.profile.id);
  }
  /// Other hands may update and delete many rows, and roll back.
  Task<void> change_many() {
    auto transaction = co_await database_.begin();
    if (is_once_in(2))
      co_await transaction.query({"",
                                  "update profiles.profiles set age = (age + 40) % 121, "
                                  "gender_probability = country_probability where age < 9"});
    else
      co_await transaction.query({"", "delete from profiles.profiles where age > 110"});
    if (is_once_in(2)) co_await transaction.commit();
  }

  /// Both answers from one snapshot.
  Task<void> compare(int times) {
    while (times-- > 0) {
      auto const filters = some_filters();
      auto transaction = co_await database_.begin();
      co_await transaction.query({"", "set transaction isolation level repeatable read"});
      auto total = total_statement(filters);
      auto const told =
          co_await transaction.query({total.name, total.sql}, std::move(total.values));
      Conditions conditions(Conditions::Values::literals);
      add_filters(conditions, filters);
      auto const sql =
          "select count(*), (select count(*) from profiles.profiles) from "
          "profiles.profiles where true " +
          conditions.text();
      auto const counted = co_await transaction.query({"", sql});
      for (std::size_t column : {0u, 1u})
        EXPECT_EQ(told.single().get<std::int64_t>(column),
                  counted.single().get<std::int64_t>(column))
            << column << conditions.text();
    }
  }

  /// The statistics of the totals beside those of one pass over the rows.
  void compare_statistics(Filters const& filters) {
    auto const rows_of = [this](Statement statement) {
      std::vector<std::string> lines;
      auto const rows = await(database_.query({"", statement.sql}));
      for (auto const row : rows) {
        std::string line;
        for (std::size_t column = 0; column < 4; ++column) {
          bool const is_text = column != 1;
          line += row.is_null(column) ? "-"
                  : is_text           ? row.get<std::string>(column)
                                      : std::to_string(row.get<std::int64_t>(column));
          line += ' ';
        }
        lines.push_back(line + std::to_string(row.get<std::int64_t>(4)));
      }
      std::ranges::sort(lines);
      return lines;
    };
    Conditions conditions(Conditions::Values::literals);
    add_filters(conditions, filters);
    auto const one_pass = fmt::format(
        "select gender, age, country_id, day::text, count(*) from (select gender, age, country_id, "
        "(created_at at time zone 'UTC')::date as day from profiles.profiles where true {}) as "
        "facts "
        "group by grouping sets ((gender), (age), (country_id), (day))",
        conditions.text());
    EXPECT_EQ(rows_of(stats_statement(filters)), rows_of({.sql = one_pass})) << conditions.text();
  }

  std::vector<Profile> in_order(Filters const& filters, Sort const& sort) {
    ProfileRepository repository(database_);
    auto const exported = await(repository.read_all(filters, sort));
    std::vector<Profile> whole;
    for (auto some = await(exported->next()); !some.empty(); some = await(exported->next()))
      whole.insert(whole.end(), some.begin(), some.end());
    return whole;
  }
  void expect_pages_of(Filters const& filters, Sort const& sort) {
    ProfileRepository repository(database_);
    auto const whole = in_order(filters, sort);
    ASSERT_GT(whole.size(), 600u);
    auto const count = std::ssize(whole);
    auto const total = await(repository.count(filters));
    ASSERT_EQ(total.matching, count);
    for (int i = 0; i < 40; ++i) {
      auto const limit = static_cast<std::int64_t>(1 + below(50));
      auto const page =
          static_cast<std::int64_t>(1 + below(static_cast<std::size_t>(count / limit + 2)));
      auto const from = std::min((page - 1) * limit, count);
      auto const to = std::min(from + limit, count);
      EXPECT_EQ(await(repository.list(
                    {.filters = filters, .sort = sort, .page = page, .limit = limit}, total)),
                std::vector<Profile>(whole.begin() + from, whole.begin() + to))
          << to_string(sort.field) << sort.is_descending << " page " << page << " of " << limit;
    }
  }

  postgres::Database database_{
      loop(),
      {.connection_string =
           connection_string() + " options='-c profiles.full_block=90 -c profiles.full_place=30'"}};
  std::mt19937 random_{std::random_device{}()};
  Instant created_at_ = *parse_rfc3339("2026-11-29T23:59:00Z");
  std::vector<ProfileId> ids_;
};

TEST_F(TotalsTest, tell_what_counting_tells_whoever_writes_meanwhile) {
  await(do_all(write(30), write(30), write(30), write(30), compare(80), compare(80)));
  await(compare(100));
}

TEST_F(TotalsTest, lead_to_every_page_of_every_order) {
  await(do_all(write(25), write(25), write(25), write(25)));
  await(write(10));
  for (auto const field : {SortField::created_at, SortField::age, SortField::gender_probability,
                           SortField::country_probability, SortField::name})
    for (bool const is_descending : {false, true})
      for (auto const& filters : {Filters{}, Filters{.max_age = 110}})
        expect_pages_of(filters, {field, is_descending});
}

TEST_F(TotalsTest, tell_the_statistics_of_every_filter) {
  await(write(40));
  compare_statistics({});
  for (int i = 0; i < 60; ++i) compare_statistics(some_filters());
}

TEST_F(TotalsTest, are_forgotten_with_all_profiles) {
  await(write(10));
  execute("truncate profiles.profiles");
  await(compare(10));
  await(write(10));
  await(compare(20));
}

TEST_F(TotalsTest, are_not_for_the_serving_role_to_write) {
  for (auto const* table : {"totals", "totals_by_probability", "totals_by_day", "blocks", "places",
                            "places_by_created_at", "places_by_name"})
    EXPECT_THROW(await(database_.query({"", fmt::format("delete from profiles.{}", table)})),
                 postgres::Failure)
        << table;
}

}  // namespace
}  // namespace insighta::profiles
