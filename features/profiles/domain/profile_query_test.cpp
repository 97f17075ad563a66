#include "profiles/domain/profile_query.hpp"

#include <gtest/gtest.h>

namespace insighta::profiles {
namespace {

Result<Asked> parse(QueryPairs const& pairs) {
  return parse_query(pairs, Accepts::filters_sort_page);
}
std::vector<std::string> faults(QueryPairs const& pairs) {
  auto const parsed = parse(pairs);
  std::vector<std::string> names;
  if (!parsed)
    for (auto const& fault : parsed.error().fields) names.push_back(fault.field);
  return names;
}
using Names = std::vector<std::string>;

TEST(ParseQuery, reads_filters_and_page) {
  auto const asked = parse({{"gender", "MALE"},
                            {"country_id", "ng"},
                            {"min_age", "0"},
                            {"limit", "1000"},
                            {"page", "3"},
                            {"name", " JOSÉ "}});
  ASSERT_TRUE(asked.has_value());
  EXPECT_EQ(asked->filters.gender, Gender::male);
  EXPECT_EQ(asked->filters.country_ids, Names{"NG"});
  EXPECT_EQ(asked->filters.min_age, 0);
  EXPECT_EQ(asked->filters.name, "jose");
  EXPECT_EQ(asked->limit, 50);
  EXPECT_EQ(to_list_query(*asked)->offset(), 100);
}

TEST(ParseQuery, names_everything_that_is_wrong) {
  EXPECT_EQ(faults({{"colour", "red"}, {"min_age", "abc"}}), (Names{"colour", "min_age"}));
  EXPECT_EQ(faults({{"page", "0"}, {"limit", "0"}}), (Names{"page", "limit"}));
  EXPECT_EQ(faults({{"min_age", "30"}, {"max_age", "20"}}), Names{"min_age"});
  EXPECT_EQ(faults({{"min_gender_probability", "nan"}}), Names{"min_gender_probability"});
  EXPECT_EQ(faults({{"page", "1"}, {"page", "1"}}), Names{"page"});
  EXPECT_EQ(faults({{"page", "1.5"}}), Names{"page"});
  EXPECT_EQ(faults({{"page", "99999999999999999999"}}), Names{"page"});
  EXPECT_EQ(parse({{"q", "men"}}).error().kind, ErrorKind::invalid);
  EXPECT_EQ(parse({{"gender", ""}, {"colour", "red"}}).error().kind, ErrorKind::bad_request);
}

TEST(Cursor, belongs_to_its_list) {
  Cursor const cursor{"1700000000", ProfileId::make(Instant{}), 10};
  auto const text = encode_cursor(cursor, {}, {});
  EXPECT_EQ(decode_cursor(text, {}, {}), cursor);
  EXPECT_FALSE(decode_cursor(text, Filters{.gender = Gender::male}, {}));
  EXPECT_FALSE(decode_cursor(text, {}, {SortField::age, false}));
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto broken = text;
    broken[i] = broken[i] == '0' ? '1' : '0';
    EXPECT_FALSE(decode_cursor(broken, {}, {}));
    EXPECT_FALSE(decode_cursor(text.substr(0, i), {}, {}));
  }
}

}  // namespace
}  // namespace insighta::profiles
