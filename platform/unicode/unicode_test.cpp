#include "platform/unicode/unicode.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace insighta::unicode {
namespace {

TEST(FoldCase, makes_spellings_of_one_name_equal) {
  EXPECT_EQ(fold_case("José"), fold_case("JOSE\u0301"));
  EXPECT_EQ(fold_case("STRASSE"), fold_case("straße"));
  EXPECT_EQ(fold_case("ΣΊΣΥΦΟΣ"), fold_case("σίσυφος"));
  EXPECT_EQ(fold_case("ESPAN\u0303A"), "españa");
  EXPECT_EQ(fold_case("PLAIN [Text] 1"), "plain [text] 1");
  EXPECT_NE(fold_case("Jose"), fold_case("José"));
}

TEST(FoldAccents, drops_marks_in_both_normal_forms) {
  EXPECT_EQ(fold_accents("Côte d’Ivoire"), fold_accents("Co\u0302te d’Ivoire"));
  EXPECT_EQ(fold_accents("ÅLAND"), "aland");
}

// Letters of ASCII take a shorter way than others, except where a mark follows.
RC_GTEST_PROP(Fold, is_that_of_the_parts_where_no_mark_joins_them, ()) {
  auto const ascii = rc::gen::map(rc::gen::inRange(0, 128),
                                  [](int c) { return std::string(1, static_cast<char>(c)); });
  auto const part = rc::gen::oneOf(
      ascii, rc::gen::elementOf(std::vector<std::string>{"É", "e\u0301", "ß", "ﬁ", "\u212a", "ΐ",
                                                         "İ", "A\u030a\u0327", "田"}));
  auto const parts = *rc::gen::container<std::vector<std::string>>(part);
  std::string text, by_case, without_accents;
  for (auto const& one : parts) {
    text += one;
    by_case += fold_case(one);
    without_accents += fold_accents(one);
  }
  RC_ASSERT(fold_case(text) == by_case);
  RC_ASSERT(fold_accents(text) == without_accents);
  RC_ASSERT(fold_case(by_case) == by_case);
}

TEST(Trim, knows_unicode_spaces) {
  EXPECT_EQ(trim("\u00a0\t Ada \u2003\r\n"), "Ada");
  EXPECT_EQ(trim(" \u3000"), "");
  EXPECT_EQ(trim("Ada\u00a0"), "Ada");
  EXPECT_EQ(trim("\u00a0Ada"), "Ada");
  EXPECT_EQ(trim("a b"), "a b");
  EXPECT_EQ(trim(""), "");
}

TEST(Printable, is_what_a_reader_sees_as_it_stands) {
  EXPECT_TRUE(is_printable("Ω & <Friends> 田中 e\u0301 😀"));
  for (auto const* text : {"a\tb", "a\u0085b", "a\u00a0b", "a\u200bb", "a\u202eb", "a\u2028b",
                           "\ufeffa", "a\u2066b", "a\U000e0041b", "a\u007fb", "\uffff"})
    EXPECT_FALSE(is_printable(text)) << text;
}

TEST(Columns, count_as_terminals_do) {
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("田中"), 4U);
  EXPECT_EQ(columns("e\u0301"), 1U);
}

TEST(ValidUtf8, refuses_overlong_surrogates_and_truncated) {
  EXPECT_TRUE(is_valid_utf8("añ😀"));
  EXPECT_FALSE(is_valid_utf8("\xc0\xaf"));
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_valid_utf8("ab\xe2\x82"));
  std::string const ascii = "0123456789abcdef";
  for (std::size_t at = 0; at <= ascii.size(); ++at) {
    EXPECT_FALSE(is_valid_utf8(std::string(ascii).insert(at, "\xff")));
    EXPECT_TRUE(is_valid_utf8(std::string(ascii).insert(at, "é")));
  }
}

}  // namespace
}  // namespace insighta::unicode
