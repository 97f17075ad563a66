#include "platform/async/when_all.hpp"
#include "platform/testing/postgres_test.hpp"
#include "profiles/repositories/profile_repository.hpp"

#include <gtest/gtest.h>

#include <string>

namespace insighta::profiles {
namespace {

class ProfileRepositoryTest : public testing::PostgresTest {
 protected:
  void store(std::string const& name, int age = 30) {
    Instant const created_at = *parse_rfc3339("2026-11-23T12:00:00Z");
    NewProfile const profile{ProfileId::make(created_at),
                             *Name::from(name),
                             Gender::female,
                             1,
                             age,
                             "NG",
                             1,
                             created_at};
    ASSERT_TRUE(await(repository_.insert(profile)));
  }
  std::vector<std::string> names(ListQuery const& query) {
    std::vector<std::string> result;
    for (auto const& profile : list(query)) result.push_back(profile.name);
    return result;
  }
  std::vector<std::int64_t> import(std::vector<StagedProfile> const& rows) {
    auto import = repository_.begin_import();
    await(with_result(import.stage(rows)));
    return await(import.store());
  }
  std::vector<Profile> list(ListQuery const& query) {
    return await(repository_.list(query, await(repository_.count(query.filters))));
  }
  using Names = std::vector<std::string>;

  ProfileRepository repository_{database()};
};

TEST_F(ProfileRepositoryTest, a_name_that_reads_like_a_marker_stays_a_name) {
  store("x/*after*/");
  store("y");
  Sort const by_name{SortField::name, false};
  Filters const filters{.name = "x/*after*/"};
  EXPECT_EQ(names({.filters = filters, .sort = by_name}), Names{"x/*after*/"});

  // Were the cursor written into the name, its own quote would end the literal.
  Cursor const after{") or true --", ProfileId::make(Instant{}), 1};
  EXPECT_EQ(names({.filters = filters, .sort = by_name, .after = after}), Names{"x/*after*/"});
}

TEST_F(ProfileRepositoryTest, finds_fragments_and_prefixes_literally) {
  store("100% O'Hara_Zoë");
  store("100 Others");
  EXPECT_EQ(names({.filters = {.name = "% o'hara_zoe"}}), Names{"100% O'Hara_Zoë"});
  EXPECT_EQ(names({.filters = {.name_prefix = "100%"}}), Names{"100% O'Hara_Zoë"});
  EXPECT_EQ(names({.filters = {.name_prefix = "hara"}}), Names{});
}

TEST_F(ProfileRepositoryTest, every_order_goes_on_behind_its_cursor_without_gap_or_repetition) {
  for (int i = 0; i < 25; ++i) store("person " + std::to_string(i), i % 3);
  for (auto const field : {SortField::created_at, SortField::age, SortField::gender_probability,
                           SortField::country_probability, SortField::name}) {
    for (bool const is_descending : {false, true}) {
      Sort const sort{field, is_descending};
      auto const whole = list({.sort = sort, .limit = 50});
      ASSERT_EQ(whole.size(), 25u);
      std::vector<Profile> paged;
      ListQuery query{.sort = sort, .limit = 7};
      while (paged.size() < whole.size()) {
        auto const page = list(query);
        ASSERT_FALSE(page.empty());
        paged.insert(paged.end(), page.begin(), page.end());
        query.after = {sort_value_of(page.back(), field), page.back().id,
                       static_cast<std::int64_t>(paged.size())};
      }
      EXPECT_EQ(paged, whole) << to_string(field) << is_descending;
    }
  }
}

TEST_F(ProfileRepositoryTest, a_page_far_behind_is_the_same_as_read_from_the_start) {
  std::vector<StagedProfile> rows;
  for (int i = 0; i < 700; ++i) {
    auto const at = *parse_rfc3339("2026-11-23T12:00:00Z");
    rows.push_back({i + 1,
                    {ProfileId::make(at), *Name::from("n" + std::to_string(i)), Gender::male, 0.5,
                     i % 120, "KE", 0.5, at}});
  }
  EXPECT_TRUE(import(rows).empty());
  Sort const by_age{SortField::age, false};
  auto const exported = await(repository_.read_all({}, by_age));
  std::vector<Profile> whole;
  for (auto some = await(exported->next()); !some.empty(); some = await(exported->next()))
    whole.insert(whole.end(), some.begin(), some.end());
  ASSERT_EQ(whole.size(), 700u);

  auto const far = list({.sort = by_age, .page = 13, .limit = 50});
  EXPECT_EQ(far, std::vector<Profile>(whole.begin() + 600, whole.begin() + 650));
}

TEST_F(ProfileRepositoryTest, stored_again_every_row_is_taken) {
  auto const at = *parse_rfc3339("2026-11-23T12:00:00Z");
  auto const rows = [at] {
    std::vector<StagedProfile> made;
    for (int i = 0; auto const* name : {"Zoë", "ZOE\u0308", "back\\slash\ttab"})
      made.push_back(
          {++i, {ProfileId::make(at), *Name::from(name), Gender::male, 1, 1, "KE", 1, at}});
    return made;
  };
  EXPECT_EQ(import(rows()), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(import(rows()), (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(await(repository_.count({})).matching, 2);
  EXPECT_TRUE(await(repository_.find_by_name_key(Name::from("Back\\Slash\tTAB")->key)));
}

}  // namespace
}  // namespace insighta::profiles
