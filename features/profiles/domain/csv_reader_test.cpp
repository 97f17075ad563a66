#include "profiles/domain/csv_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace insighta::profiles {
namespace {

using Fault = CsvRow::Fault;

std::vector<CsvRow> drained(CsvReader& reader) {
  std::vector<CsvRow> rows;
  while (reader.has_row()) rows.push_back(reader.take_row());
  return rows;
}

std::vector<CsvRow> read(std::vector<std::string_view> const& pieces) {
  CsvReader reader;
  for (auto const piece : pieces) reader.feed(piece);
  reader.finish();
  return drained(reader);
}

bool same(std::vector<CsvRow> const& a, std::vector<CsvRow> const& b) {
  return std::ranges::equal(a, b, [](CsvRow const& x, CsvRow const& y) {
    return x.line == y.line && x.cells == y.cells && x.fault == y.fault;
  });
}

using Cells = std::vector<std::string>;

TEST(ReadCsv, knows_quotes_line_ends_and_lines) {
  auto const rows =
      read({"\xef\xbb\xbf"
            "a,b\r\n\"x\"\"y\",\"1\n2\"\n\n,\nlast,row"});
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].cells, (Cells{"a", "b"}));
  EXPECT_EQ(rows[1].cells, (Cells{"x\"y", "1\n2"}));
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_EQ(rows[2].cells, (Cells{"", ""}));
  EXPECT_EQ(rows[2].line, 5);
  EXPECT_EQ(rows[3].cells, (Cells{"last", "row"}));
}

TEST(ReadCsv, a_bad_row_does_not_harm_the_next) {
  using namespace std::string_view_literals;
  auto const rows = read({"\"a\"b,c\nnul\0,x\nal\rone,y\n\xff,z\nin\"side,q\ngood,row\n"sv});
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0].fault, Fault::malformed);
  EXPECT_EQ(rows[1].fault, Fault::malformed);
  EXPECT_EQ(rows[2].fault, Fault::malformed);
  EXPECT_EQ(rows[3].fault, Fault::broken_encoding);
  EXPECT_EQ(rows[4].fault, Fault::malformed);
  EXPECT_EQ(rows[5].fault, Fault::none);
}

TEST(ReadCsv, an_unterminated_quote_is_one_malformed_row) {
  auto const rows = read({"a,b\n\"never,ends\nx,y\n", "z,1\n"});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].fault, Fault::malformed);
  EXPECT_EQ(rows[1].line, 2);
}

TEST(ReadCsv, forgets_a_row_that_is_too_long) {
  CsvReader reader;
  reader.feed("\"");
  for (int i = 0; i < 100; ++i) reader.feed(std::string(10'000, 'x'));
  reader.feed("\"\nnext\n");
  reader.finish();
  auto const rows = drained(reader);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].fault, Fault::malformed);
  EXPECT_LE(rows[0].cells.size(), 1U);
  EXPECT_EQ(rows[1].cells, Cells{"next"});
}

TEST(ReadCsv, nothing_has_no_rows) {
  EXPECT_TRUE(read({}).empty());
  EXPECT_TRUE(read({"\xef\xbb\xbf"}).empty());
  EXPECT_TRUE(read({"\r\n\n"}).empty());
}

RC_GTEST_PROP(ReadCsv, does_not_depend_on_where_the_text_is_cut, ()) {
  auto const text = "\xef\xbb\xbf" + *rc::gen::container<std::string>(
                                         rc::gen::elementOf(std::string("ab,\"\"\n\r\xc3\xa9")));
  auto const whole = read({text});
  std::string_view const view = text;
  for (std::size_t at = 0; at <= view.size(); ++at)
    RC_ASSERT(same(read({view.substr(0, at), view.substr(at)}), whole));
}

RC_GTEST_PROP(ReadCsv, gives_back_what_was_quoted, ()) {
  auto const cells = *rc::gen::nonEmpty(rc::gen::container<Cells>(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\n\r ")))));
  std::string text;
  for (auto const& cell : cells) {
    text += text.empty() ? "\"" : ",\"";
    for (char const c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    text += '"';
  }
  auto const rows = read({text + "\n"});
  RC_ASSERT(rows.size() == 1U);
  RC_ASSERT(rows[0].fault == Fault::none);
  RC_ASSERT(rows[0].cells == cells);
}

}  // namespace
}  // namespace insighta::profiles
