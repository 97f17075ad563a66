#include "profiles/repositories/statement_text.hpp"

#include <gtest/gtest.h>

namespace insighta::profiles {
namespace {

constexpr std::string_view file = "where true /*filters*/ /*after*/ order by /*order*/";

TEST(StatementText, fills_every_marker_of_the_file) {
  EXPECT_EQ(filled("a /*limit*/ b /*offset*/ c /*limit*/", {.limit = "1", .offset = "2"}),
            "a 1 b 2 c 1");
  EXPECT_EQ(filled(file, {.order = "age asc"}), "where true   order by age asc");
}

TEST(StatementText, leaves_markers_inside_of_values_alone) {
  auto const text = filled(file, {.filters = filter_text({.name = "x/*after*/ /*order*/"}),
                                  .after = "and id > 'y'",
                                  .order = "id"});
  EXPECT_EQ(text,
            "where true  and name_search like '%x/*after*/ /*order*/%' and id > 'y' order by id");
}

TEST(StatementText, keeps_names_inside_of_their_literal) {
  EXPECT_EQ(filter_text({.name_prefix = "o'b_%\\"}), " and name_search like 'o''b\\_\\%\\\\%'");
}

TEST(StatementText, compares_with_the_row_of_a_cursor_in_both_directions) {
  Cursor const cursor{"o'hara", *ProfileId::parse("01890a5d-ac96-774b-bcce-b302099a8057"), 10};
  EXPECT_EQ(start_text(cursor, {SortField::name, true}),
            "and (name_key, id) < ('o''hara', '01890a5d-ac96-774b-bcce-b302099a8057'::uuid)");
}

}  // namespace
}  // namespace insighta::profiles
