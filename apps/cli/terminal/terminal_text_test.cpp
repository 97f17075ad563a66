#include "terminal/csv.hpp"
#include "terminal/exit_code.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/table.hpp"
#include "terminal/visible_text.hpp"

#include <gtest/gtest.h>

namespace insighta::cli {
namespace {

TEST(VisibleText, shows_what_would_move_the_cursor_or_turn_the_text) {
  EXPECT_EQ(visible("a\x1b[31mb\r\n\x7f"), "a\\x1b[31mb\\x0d\\x0a\\x7f");
  EXPECT_EQ(visible("\xc2\x9b"
                    "1m"),
            "\\u009b1m");
  EXPECT_EQ(visible("\xe2\x80\xae"
                    "evil"),
            "\\u202eevil");
  EXPECT_EQ(visible("\xff"
                    "a"),
            "\\xffa");
  EXPECT_EQ(visible("José 田中"), "José 田中");
}

TEST(VisibleJson, says_the_same_without_control_characters) {
  EXPECT_EQ(visible_json("{\"a\":\"\xc2\x9b\x7f\xe2\x80\xae\u00e9\"}"),
            "{\"a\":\"\\u009b\\u007f\\u202e\u00e9\"}");
}

TEST(Table, aligns_by_the_columns_of_the_terminal) {
  Table table({{.title = "NAME"}, {.title = "AGE", .is_number = true}, {.title = "X"}});
  table.add_row({"田中", "7", "a"});
  table.add_row({"Jose\u0301", "41", "b"});
  EXPECT_EQ(table.to_string(0, false),
            "NAME  AGE  X\n"
            "田中    7  a\n"
            "Jose\u0301   41  b\n");
}

TEST(Table, cuts_what_may_shrink_to_the_width) {
  Table table({{.title = "ID"}, {.title = "NAME", .may_shrink = true}});
  table.add_row({"1", "a name that is too long"});
  EXPECT_EQ(table.to_string(14, false), "ID  NAME\n1   a name th…\n");
}

TEST(Csv, quotes_and_disarms_cells) {
  EXPECT_EQ(csv_line({"a,b", "say \"x\"", "=1+1", "-0.5", ""}),
            "\"a,b\",\"say \"\"x\"\"\",'=1+1,-0.5,\n");
}

TEST(ProgressLine, tells_share_rate_and_time_left) {
  ProgressState const state{
      .done = 5'000'000, .total = 20'000'000, .elapsed = std::chrono::seconds{2}};
  EXPECT_EQ(progress_line("Importing", Unit::bytes, state, 200),
            "Importing  [======>                 ]  25%  5.0 MB of 20.0 MB  2.5 MB/s  0:06 left");
}

TEST(ProgressLine, does_without_a_total) {
  ProgressState const state{.done = 1200, .total = {}, .elapsed = std::chrono::seconds{2}};
  EXPECT_EQ(progress_line("Exporting", Unit::rows, state, 200),
            "Exporting  1200 rows  600 rows/s  0:02");
}

TEST(ExitCode, is_one_of_the_documented_ones) {
  EXPECT_EQ(exit_code_of(not_found("x")), ExitCode::not_found);
  EXPECT_EQ(exit_code_of(forbidden("x")), ExitCode::not_signed_in);
  EXPECT_EQ(exit_code_of(invalid("x")), ExitCode::usage);
  EXPECT_EQ(exit_code_of(conflict("x", "X")), ExitCode::conflict);
  EXPECT_EQ(exit_code_of(bad_upstream("x")), ExitCode::server);
}

}  // namespace
}  // namespace insighta::cli
