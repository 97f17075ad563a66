#include "profiles/domain/csv_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace insighta::profiles {
namespace {

using Fault = CsvRow::Fault;
using Cells = std::vector<std::string>;

/// A row that outlives its reader.
struct Row {
  std::int64_t line;
  Cells cells;
  Fault fault;
  bool operator==(Row const&) const = default;
};

void drain(CsvReader& reader, std::vector<Row>& rows) {
  while (auto const row = reader.next())
    rows.push_back({row->line, Cells(row->cells.begin(), row->cells.end()), row->fault});
}

std::vector<Row> read(std::vector<std::string_view> const& pieces) {
  CsvReader reader;
  std::vector<Row> rows;
  for (auto const piece : pieces) {
    reader.feed(piece);
    drain(reader, rows);
  }
  reader.finish();
  drain(reader, rows);
  return rows;
}

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

TEST(ReadCsv, refuses_a_row_that_is_too_long_wherever_it_is_cut) {
  auto const row_of = [](std::size_t size) { return std::string(size, 'x') + "\nnext\n"; };
  auto const longest = row_of(CsvReader::max_row_bytes);
  auto const longer = row_of(CsvReader::max_row_bytes + 1);
  for (std::size_t const at : {1UZ, 1000UZ, CsvReader::max_row_bytes, longest.size() - 3}) {
    auto const cut = [&](std::string_view text) {
      return read({text.substr(0, at), text.substr(at)});
    };
    EXPECT_EQ(cut(longest)[0].fault, Fault::none);
    EXPECT_EQ(cut(longer)[0].fault, Fault::malformed);
    EXPECT_EQ(cut(longer)[1], (Row{2, {"next"}, Fault::none}));
  }
}

TEST(ReadCsv, a_quoted_cell_may_be_longer_than_all_memory_for_it) {
  std::string const piece(10'000, 'x');
  std::vector<std::string_view> pieces(100, piece);
  pieces.insert(pieces.begin(), "\"");
  pieces.emplace_back("\"\nnext\n");
  EXPECT_EQ(read(pieces),
            (std::vector<Row>{{1, {}, Fault::malformed}, {2, {"next"}, Fault::none}}));
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
  std::vector<std::string_view> bytes;
  for (char const& c : text) bytes.emplace_back(&c, 1);
  RC_ASSERT(read(bytes) == whole);
  std::string_view const view = text;
  for (std::size_t at = 0; at <= view.size(); ++at)
    RC_ASSERT(read({view.substr(0, at), view.substr(at)}) == whole);
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
