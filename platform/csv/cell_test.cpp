#include "platform/csv/cell.hpp"

#include <gtest/gtest.h>

namespace insighta::csv {
namespace {

std::string cell(std::string_view value) {
  std::string line;
  append_cell(line, value);
  return line;
}

TEST(CsvCell, is_quoted_when_it_has_to_be) {
  EXPECT_EQ(cell("plain"), "plain");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("a \"b\"\n"), "\"a \"\"b\"\"\n\"");
}

TEST(CsvCell, is_never_a_formula) {
  EXPECT_EQ(cell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(cell("@x"), "\"'@x\"");
}

}  // namespace
}  // namespace insighta::csv
