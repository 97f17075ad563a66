#include "platform/async/when_all.hpp"
#include "platform/json/value.hpp"
#include "platform/postgres/blocking_session.hpp"
#include "platform/testing/postgres_test.hpp"
#include "profiles/repositories/profile_repository.hpp"
#include "profiles/services/import_service.hpp"
#include "profiles/services/name_apis.hpp"
#include "profiles/services/profile_service.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <sstream>

namespace insighta::profiles {
namespace {

using namespace std::chrono_literals;
using identity::Role;
using identity::Scope;

/// A body in pieces of some size.
class TextBody final : public http::BodyStream {
 public:
  explicit TextBody(std::string text, std::size_t piece = 16'384)
      : text_(std::move(text)), piece_(piece) {}
  Task<Result<std::optional<std::string>>> next() override {
    if (at_ >= text_.size()) {
      if (breaks_off) co_return fail(bad_request("The connection broke"));
      co_return std::nullopt;
    }
    auto piece = text_.substr(at_, piece_);
    at_ += piece.size();
    co_return std::optional(std::move(piece));
  }
  bool breaks_off = false;

 private:
  std::string text_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

class ProfilesTest : public insighta::testing::PostgresTest {
 protected:
  static identity::Actor actor(Role role) {
    identity::Actor somebody;
    somebody.roles = {role};
    somebody.scopes = {Scope::read, Scope::write, Scope::admin};
    return somebody;
  }
  ImportReport import_text(std::string text, std::size_t piece = 16'384) {
    TextBody body(std::move(text), piece);
    auto const report = await(imports_.import_csv(
        admin_, body, [this](SkippedRow const& row) { skipped_.push_back(row); }));
    EXPECT_TRUE(report.has_value()) << (report ? "" : report.error().message);
    return report.value_or(ImportReport{});
  }
  Asked asked(QueryPairs const& pairs) const {
    auto const parsed = parse_query(pairs, Accepts::filters_sort_page_q);
    EXPECT_TRUE(parsed.has_value());
    return parsed.value_or(Asked{});
  }
  ProfilePage list(QueryPairs const& pairs) {
    auto page = await(profiles_.list(admin_, asked(pairs)));
    EXPECT_TRUE(page.has_value());
    return std::move(page).value_or(ProfilePage{});
  }
  FoundPage search(QueryPairs const& pairs) {
    auto page = await(profiles_.search(admin_, asked(pairs)));
    EXPECT_TRUE(page.has_value());
    return std::move(page).value_or(FoundPage{});
  }
  static std::int64_t reason(ImportReport const& report, RowReason reason) {
    return report.reasons[static_cast<std::size_t>(reason)];
  }
  static std::vector<std::string> names_of(std::vector<Profile> const& profiles) {
    std::vector<std::string> names;
    for (auto const& profile : profiles) names.push_back(profile.name);
    return names;
  }

  ManualClock clock_{*parse_rfc3339("2026-03-04T05:06:07.8Z")};
  identity::Actor const admin_ = actor(Role::admin);
  ProfileRepository repository_{database()};
  http::Client client_{loop()};
  NameApis name_apis_{client_, {}};
  ProfileService profiles_{repository_, name_apis_, clock_};
  ImportService imports_{loop(), repository_, clock_};
  std::vector<SkippedRow> skipped_;
};

using ImportProfiles = ProfilesTest;
using ListProfiles = ProfilesTest;
using SearchProfiles = ProfilesTest;
using ExportProfiles = ProfilesTest;
using CreateProfile = ProfilesTest;

TEST_F(ImportProfiles, tells_every_reason_and_line) {
  std::string const text =
      "\xef\xbb\xbfname,age,gender,country_id,gender_probability\r\n"
      "Ada,36,female,GB,0.9\n"
      "ADA,36,female,GB,0.9\n"
      "Bob,x,male,US,\n"
      "\"two\nlines\",1,male,US,1\n"
      "Zoë,1,other,US,1\n"
      "short,1\n"
      ",1,male,US,1\n"
      "Cy,1,male,QQ,1\n"
      "Di,1,male,US,2\n"
      "Tab\\\there,1,male,US,1\n"
      "\"never,ends\nand,more\n";
  auto const report = import_text(text, 3);
  EXPECT_EQ(report.total_rows, 11);
  EXPECT_EQ(report.inserted, 3);
  using enum RowReason;
  std::vector<SkippedRow> const expected = {{3, duplicate_name, "name"},
                                            {4, invalid_age, "age"},
                                            {7, invalid_gender, "gender"},
                                            {8, malformed_row, ""},
                                            {9, missing_fields, "name"},
                                            {10, invalid_country, "country_id"},
                                            {11, invalid_probability, "gender_probability"},
                                            {13, malformed_row, ""}};
  EXPECT_EQ(skipped_, expected);
  EXPECT_EQ(names_of(list({{"sort_by", "name"}}).profiles),
            (std::vector<std::string>{"Ada", "Tab\\\there", "two\nlines"}));
}

TEST_F(ImportProfiles, refuses_files_without_a_header_that_fits) {
  for (auto const* text : {"", "\xef\xbb\xbf", "name,age\nAda,1\n"}) {
    TextBody body(text);
    auto const report = await(imports_.import_csv(admin_, body));
    ASSERT_FALSE(report.has_value()) << text;
    EXPECT_EQ(report.error().kind, ErrorKind::bad_request);
  }
  TextBody body("x");
  EXPECT_EQ(await(imports_.import_csv(actor(Role::analyst), body)).error().kind,
            ErrorKind::forbidden);
}

TEST_F(ImportProfiles, what_came_stays_when_the_rest_breaks_off) {
  std::string text = "name,age,gender,country_id\n";
  for (int i = 0; i < 12'000; ++i) text += fmt::format("Person {},30,male,NG\n", i);
  TextBody body(text);
  body.breaks_off = true;
  EXPECT_FALSE(await(imports_.import_csv(admin_, body)).has_value());
  EXPECT_EQ(list({}).total, 12'000);
}

/// Stands still after its text until every row of `expected` can be listed, ten seconds at most.
class StandingBody final : public http::BodyStream {
 public:
  StandingBody(EventLoop& loop, ProfileRepository& repository, std::string text,
               std::int64_t expected)
      : loop_(loop), repository_(repository), text_(std::move(text)), expected_(expected) {}
  Task<Result<std::optional<std::string>>> next() override {
    if (!text_.empty()) co_return std::exchange(text_, {});
    for (int round = 0; round < 1'000 && !has_seen_all; ++round) {
      has_seen_all = (co_await repository_.count({})).all == expected_;
      co_await loop_.sleep_for(10ms);
    }
    co_return std::nullopt;
  }
  bool has_seen_all = false;

 private:
  EventLoop& loop_;
  ProfileRepository& repository_;
  std::string text_;
  std::int64_t expected_;
};

// Six bulk connections serve eight imports, for each gives its own back while its sender stands.
TEST_F(ImportProfiles, senders_that_stand_still_hold_no_connections) {
  constexpr int senders = 8;
  constexpr int rows = 4'000;
  std::vector<std::unique_ptr<StandingBody>> bodies;
  std::vector<Task<Result<ImportReport>>> imports;
  for (int sender = 0; sender < senders; ++sender) {
    std::string text = "name,age,gender,country_id\n";
    for (int i = 0; i < rows; ++i) text += fmt::format("Person {} {},30,male,NG\n", sender, i);
    bodies.push_back(
        std::make_unique<StandingBody>(loop(), repository_, std::move(text), senders * rows));
    imports.push_back(imports_.import_csv(admin_, *bodies.back()));
  }
  for (auto const& report : await(when_all(std::move(imports)))) {
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->inserted, rows);
  }
  for (auto const& body : bodies) EXPECT_TRUE(body->has_seen_all);
}

TEST_F(ImportProfiles, two_at_once_store_each_name_once) {
  std::string forward = "name,age,gender,country_id\n";
  std::string backward = forward;
  for (int i = 0; i < 12'000; ++i) {
    forward += fmt::format("Person {},30,male,NG\n", i);
    backward += fmt::format("PERSON {},31,male,KE\n", 11'999 - i);
  }
  TextBody first(forward);
  TextBody second(backward);
  auto const [a, b] =
      await(when_all(imports_.import_csv(admin_, first), imports_.import_csv(admin_, second)));
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->inserted + b->inserted, 12'000);
  EXPECT_EQ(reason(*a, RowReason::duplicate_name) + reason(*b, RowReason::duplicate_name), 12'000);
  EXPECT_EQ(list({}).total, 12'000);
}

TEST_F(ImportProfiles, takes_the_published_data_once) {
  char const* const root = std::getenv("INSIGHTA_ROOT");
  std::ifstream file(std::string{root != nullptr ? root : "."} +
                     "/../shared/data/seed_profiles.json");
  if (!file) {
    std::puts("The published data are not beside the checkout: nothing to try.");
    return;
  }
  std::stringstream text;
  text << file.rdbuf();
  TextBody first(text.str(), 1'000);
  auto const once = await(imports_.import_json(admin_, first));
  ASSERT_TRUE(once.has_value());
  EXPECT_EQ(once->inserted, 2'026);
  EXPECT_EQ(once->skipped(), 0);
  TextBody second(text.str());
  auto const again = await(imports_.import_json(admin_, second));
  EXPECT_EQ(again->inserted, 0);
  EXPECT_EQ(reason(*again, RowReason::duplicate_name), 2'026);

  auto const found = search({{"q", "young males from nigeria"}});
  EXPECT_EQ(found.page.total, 9);
  EXPECT_EQ(found.page.profiles.size(), 9U);
}

TEST_F(ListProfiles, pages_and_cursors_agree_in_every_order) {
  await(imports_.seed(1'500, 1));
  for (auto const* field :
       {"age", "created_at", "gender_probability", "country_probability", "name"}) {
    for (auto const* order : {"asc", "desc"}) {
      std::vector<Profile> by_page;
      std::vector<Profile> by_cursor;
      std::string cursor;
      for (int page = 1; page <= 31; ++page) {
        QueryPairs pairs{
            {"sort_by", field}, {"order", order}, {"limit", "50"}, {"page", fmt::to_string(page)}};
        std::ranges::copy(list(pairs).profiles, std::back_inserter(by_page));
        if (page > 1 && cursor.empty()) continue;
        if (page > 1) pairs.emplace_back("cursor", cursor);
        auto const next = list(pairs);
        EXPECT_EQ(next.total, 1'500);
        std::ranges::copy(next.profiles, std::back_inserter(by_cursor));
        cursor = next.next_cursor;
      }
      EXPECT_EQ(by_page.size(), 1'500U) << field;
      EXPECT_EQ(by_page, by_cursor) << field << ' ' << order;
      std::set<ProfileId> ids;
      for (auto const& profile : by_page) ids.insert(profile.id);
      EXPECT_EQ(ids.size(), 1'500U);
    }
  }
}

TEST_F(ListProfiles, filters) {
  import_text(
      "name,age,gender,country_id,gender_probability,country_probability\n"
      "José 100%,0,male,BR,0.5,0.1\n"
      "jo_anna,19,female,GB,0.9,0.2\n"
      "Joanna,20,female,GB,1,0.3\n"
      "O'Neil \\ x,60,male,IE,0.7,1\n");
  EXPECT_EQ(list({{"min_age", "0"}, {"max_age", "0"}}).total, 1);
  EXPECT_EQ(list({{"age_group", "teenager"}}).total, 1);
  EXPECT_EQ(list({{"country_id", "gb"}, {"gender", "female"}}).total, 2);
  EXPECT_EQ(list({{"min_gender_probability", "0.7"}}).total, 3);
  EXPECT_EQ(list({{"min_country_probability", "0.3"}}).total, 2);
  EXPECT_EQ(list({{"name", "JOSE 100%"}}).total, 1);
  EXPECT_EQ(list({{"name", "%"}}).total, 1);
  EXPECT_EQ(list({{"name_prefix", "jo_"}}).total, 1);
  EXPECT_EQ(list({{"name", "o'n"}}).total, 1);
  EXPECT_EQ(list({{"name", "\\"}}).total, 1);
  EXPECT_EQ(list({{"page", "1000000000"}}).profiles.size(), 0U);
  EXPECT_EQ(list({{"gender", "male"}, {"age_group", "adult"}}).total_pages(), 0);
}

TEST_F(SearchProfiles, a_cap_holds_for_the_whole_result) {
  await(imports_.seed(200, 1));
  auto const first = search({{"q", "top 15"}, {"limit", "10"}}).page;
  EXPECT_EQ(first.total, 15);
  EXPECT_EQ(first.profiles.size(), 10U);
  auto const second =
      search({{"q", "top 15"}, {"limit", "10"}, {"page", "2"}, {"cursor", first.next_cursor}}).page;
  EXPECT_EQ(second.profiles.size(), 5U);
  EXPECT_EQ(second.next_cursor, "");
  EXPECT_EQ(search({{"q", "young men above 30"}}).page.total, 0);
  EXPECT_EQ(search({{"q", "men"}, {"gender", "female"}}).interpreted.filters.gender,
            Gender::female);
  EXPECT_EQ(await(profiles_.search(admin_, asked({{"q", "xyzzy"}}))).error().message,
            "Unable to interpret query");
}

TEST_F(ListProfiles, statistics_add_up) {
  await(imports_.seed(3'000, 2));
  auto const stats = await(profiles_.stats(admin_, Filters{.min_age = 20}));
  ASSERT_TRUE(stats.has_value());
  EXPECT_EQ(stats->total, list({{"min_age", "20"}}).total);
  EXPECT_EQ(stats->gender[0] + stats->gender[1], stats->total);
  EXPECT_EQ(stats->age_group[0], 0);
  std::int64_t by_age = 0;
  for (auto const& age : stats->age) by_age += age.count;
  std::int64_t by_country = 0;
  for (auto const& country : stats->country) by_country += country.count;
  std::int64_t by_day = 0;
  for (auto const& day : stats->created) by_day += day.count;
  EXPECT_EQ(by_age, stats->total);
  EXPECT_EQ(by_country, stats->total);
  EXPECT_EQ(by_day, stats->total);
}

TEST_F(ExportProfiles, gives_all_that_match_in_order) {
  await(imports_.seed(3'000, 3));
  import_text("name,age,gender,country_id\n\"tab\tback\\slash\nline\",120,male,NG\n");
  auto profiles = await(profiles_.open_export(
      admin_, asked({{"sort_by", "age"}, {"order", "desc"}, {"gender", "male"}})));
  ASSERT_TRUE(profiles.has_value());
  std::vector<Profile> all;
  for (auto some = await(profiles->next()); !some.empty(); some = await(profiles->next()))
    std::ranges::copy(some, std::back_inserter(all));
  EXPECT_EQ(all.size(), 1'501U);
  EXPECT_EQ(all.front().name, "tab\tback\\slash\nline");
  EXPECT_TRUE(std::ranges::is_sorted(all, std::greater{}, &Profile::age));
  auto const same = await(profiles_.get(admin_, all[7].id.to_string()));
  EXPECT_EQ(*same, all[7]);
}

TEST_F(CreateProfile, finds_what_is_there_in_any_spelling) {
  import_text("name,age,gender,country_id\nJosé,30,male,BR\n");
  auto const existing = await(profiles_.create(admin_, " JOSE\u0301 "));
  ASSERT_TRUE(existing.has_value());
  EXPECT_TRUE(existing->existed);
  EXPECT_EQ(existing->profile.name, "José");
  EXPECT_EQ(await(profiles_.create(admin_, "  ")).error().kind, ErrorKind::bad_request);
  EXPECT_EQ(await(profiles_.create(actor(Role::analyst), "x")).error().kind, ErrorKind::forbidden);

  auto const id = existing->profile.id.to_string();
  EXPECT_TRUE(await(profiles_.remove(admin_, id)).has_value());
  EXPECT_EQ(await(profiles_.remove(admin_, id)).error().message, "Profile not found");
  EXPECT_EQ(await(profiles_.get(admin_, "not-an-id")).error().kind, ErrorKind::not_found);
}

TEST_F(CreateProfile, stores_nothing_when_a_service_is_away) {
  NameApis nowhere(client_, {.genderize_url = "http://127.0.0.1:1",
                             .agify_url = "http://127.0.0.1:1",
                             .nationalize_url = "http://127.0.0.1:1"});
  ProfileService profiles(repository_, nowhere, clock_);
  auto const created = await(profiles.create(admin_, "Ada"));
  ASSERT_FALSE(created.has_value());
  EXPECT_EQ(created.error().kind, ErrorKind::bad_upstream);
  EXPECT_EQ(created.error().message, "Genderize returned an invalid response");
  EXPECT_EQ(list({}).total, 0);
}

/// What the planner does with enough rows.
TEST_F(ListProfiles, pages_and_fragments_come_from_indexes) {
  await(imports_.seed(40'000, 4));
  postgres::BlockingSession session(owner_connection_string());
  session.execute("vacuum analyze profiles.profiles");
  auto const plan = [&](std::string const& sql) {
    std::string text;
    for (auto const& row : session.execute("explain " + sql)) text += row[0] + '\n';
    return text;
  };
  EXPECT_TRUE(plan("select name from profiles.profiles order by created_at, id limit 10")
                  .contains("profiles_by_created_at"));
  EXPECT_TRUE(plan("select name from profiles.profiles where country_id in ('NG') "
                   "order by created_at asc, id asc limit 10")
                  .contains("Index Scan"));
  EXPECT_TRUE(plan("select name from profiles.profiles where name_search like '%okaf%'")
                  .contains("profiles_by_name_fragment"));
  EXPECT_TRUE(plan("select id from profiles.profiles order by created_at asc, id asc "
                   "limit 50 offset 20000")
                  .contains("Index Only Scan"));
  EXPECT_TRUE(plan("select name from profiles.profiles where (age, id) > "
                   "(30, '00000000-0000-0000-0000-000000000000'::uuid) order by age, id limit 10")
                  .contains("Index Cond"));
}

}  // namespace
}  // namespace insighta::profiles
