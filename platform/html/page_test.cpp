#include "platform/html/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace insighta::html {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}\n"

std::string rendered(std::string_view text, Values const& values) {
  EmbeddedTemplate const only[] = {{"t", text}};
  return Templates{only}.render("t", values);
}

TEST(Templates, escape_text_so_that_markup_stays_text) {
  Values values;
  values.set("NAME", "<script>alert(1)</script> & \"co\"");
  EXPECT_EQ(rendered(PRAGMA "<p>{{NAME}}</p>", values),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;</p>");
}

TEST(Templates, escape_quoted_and_unquoted_attributes) {
  Values values;
  values.set("V", "\" onload='x' y=z");
  EXPECT_THAT(rendered(PRAGMA "<input value=\"{{V}}\">", values), Not(HasSubstr("\" onload='")));
  EXPECT_THAT(rendered(PRAGMA "<input value={{V}}>", values), Not(HasSubstr(" onload")));
}

TEST(Templates, refuse_script_urls_in_links) {
  Values values;
  values.set("U", "javascript:alert(1)");
  EXPECT_THAT(rendered(PRAGMA "<a href=\"{{U}}\">x</a>", values), Not(HasSubstr("javascript:")));
  values.set("U", "/profiles?gender=male&page=2");
  EXPECT_EQ(rendered(PRAGMA "<a href=\"{{U}}\">x</a>", values),
            "<a href=\"/profiles?gender=male&amp;page=2\">x</a>");
}

TEST(Templates, repeat_sections_which_see_the_outer_values) {
  Values values;
  values.set("UNIT", "y");
  values.add("ROW").set("AGE", std::int64_t{20});
  values.add("ROW").set("AGE", std::int64_t{31});
  values.show_if("HIDDEN", false).show_if("SHOWN", true);
  EXPECT_EQ(rendered(PRAGMA "{{#ROW}}[{{AGE}}{{UNIT}}]{{/ROW}}"
                            "{{#HIDDEN}}no{{/HIDDEN}}{{#SHOWN}}yes{{/SHOWN}}",
                     values),
            "[20y][31y]yes");
}

TEST(Templates, include_one_another_and_escape_there_too) {
  EmbeddedTemplate const two[] = {{"outer", PRAGMA "<b>{{>PART}}</b>"}, {"inner", PRAGMA "{{X}}"}};
  Values values;
  values.include("PART", "inner").set("X", "<i>");
  EXPECT_EQ(Templates{two}.render("outer", values), "<b>&lt;i&gt;</b>");
}

TEST(Templates, without_the_pragma_do_not_start) {
  EmbeddedTemplate const raw[] = {{"raw", "<p>{{NAME}}</p>"}};
  EXPECT_THROW(Templates{raw}, std::runtime_error);
}

TEST(Templates, with_an_unescaped_value_do_not_start) {
  EmbeddedTemplate const raw[] = {{"raw", PRAGMA "<p>{{NAME:none}}</p>"}};
  EXPECT_THROW(Templates{raw}, std::runtime_error);
}

TEST(Templates, broken_or_named_twice_do_not_start) {
  EmbeddedTemplate const broken[] = {{"t", PRAGMA "{{#OPEN}}never closed"}};
  EXPECT_THROW(Templates{broken}, std::runtime_error);
  EmbeddedTemplate const twice[] = {{"t", PRAGMA "a"}, {"t", PRAGMA "b"}};
  EXPECT_THROW(Templates{twice}, std::runtime_error);
}

TEST(Templates, unknown_paths_are_faults) {
  EmbeddedTemplate const one[] = {{"t", PRAGMA "{{>PART}}"}};
  Templates const templates{one};
  EXPECT_THROW(templates.render("other", {}), std::runtime_error);
  Values values;
  values.include("PART", "nowhere");
  EXPECT_THROW(templates.render("t", values), std::runtime_error);
}

TEST(Templates, two_sets_may_use_the_same_paths) {
  EmbeddedTemplate const one[] = {{"t", PRAGMA "one"}};
  EmbeddedTemplate const two[] = {{"t", PRAGMA "two"}};
  Templates const first{one};
  Templates const second{two};
  EXPECT_EQ(first.render("t", {}), "one");
  EXPECT_EQ(second.render("t", {}), "two");
}

TEST(Templates, are_shared_by_threads) {
  EmbeddedTemplate const one[] = {{"t", PRAGMA "{{#ROW}}{{N}},{{/ROW}}"}};
  Templates const templates{one};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        Values values;
        for (std::int64_t n = 0; n < 3; ++n) values.add("ROW").set("N", n);
        ASSERT_EQ(templates.render("t", values), "0,1,2,");
      }
    });
}

TEST(Escaped, covers_the_five_characters) {
  EXPECT_EQ(escaped("<a href=\"'&'\">"), "&lt;a href=&quot;&#39;&amp;&#39;&quot;&gt;");
}

}  // namespace
}  // namespace insighta::html
