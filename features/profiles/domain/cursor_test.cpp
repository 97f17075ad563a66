#include "profiles/domain/cursor.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace insighta::profiles {
namespace {

ProfileId const an_id = *ProfileId::parse("01890a5d-ac96-774b-bcce-b302099a8057");

/// What comes back of a cursor whose sort value is this.
std::optional<Cursor> back(std::string value, SortField field) {
  Sort const sort{field, false};
  return decode_cursor(encode_cursor({std::move(value), an_id, 10}, {}, sort), {}, sort);
}

TEST(ACursor, comes_back_as_it_was) {
  Cursor const cursor{"1700000000", an_id, 10};
  Filters const filters{.gender = Gender::male, .name = "a|b"};
  EXPECT_EQ(decode_cursor(encode_cursor(cursor, filters, {}), filters, {}), cursor);
}

TEST(ACursor, keeps_separators_inside_of_a_name) {
  ASSERT_TRUE(back("a|b|", SortField::name));
  EXPECT_EQ(back("a|b|", SortField::name)->sort_value, "a|b|");
}

TEST(ACursor, is_bound_to_its_list) {
  auto const text = encode_cursor({"1700000000", an_id, 10}, {}, {});
  EXPECT_FALSE(decode_cursor(text, {.min_age = 0}, {}));
  EXPECT_FALSE(decode_cursor(text, {}, {SortField::created_at, true}));
}

TEST(ACursor, is_refused_when_the_database_could_not_compare_it) {
  EXPECT_FALSE(back("9223372036854775807", SortField::created_at));
  EXPECT_FALSE(back("1 or true", SortField::age));
  EXPECT_FALSE(back("nan", SortField::gender_probability));
  EXPECT_FALSE(back(std::string("a\0b", 3), SortField::name));
  EXPECT_FALSE(back("\xff", SortField::name));
}

RC_GTEST_PROP(ACursor, of_any_text_is_refused_without_harm, (std::string const& text)) {
  RC_ASSERT(!decode_cursor(text, {}, {}));
}

RC_GTEST_PROP(ACursor, survives_no_change_of_a_letter, ()) {
  auto text = encode_cursor({"1700000000", an_id, 10}, {}, {});
  auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = text[at] == 'f' ? '0' : 'f';
  RC_ASSERT(!decode_cursor(text, {}, {}));
}

}  // namespace
}  // namespace insighta::profiles
