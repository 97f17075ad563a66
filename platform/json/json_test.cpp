#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace insighta::json {
namespace {

std::string written(auto const& content) {
  std::string out;
  Writer(out).value(content);
  return out;
}

TEST(Writer, puts_commas_where_they_belong) {
  std::string out;
  Writer writer(out);
  writer.begin_object().member("a", 1).key("b").begin_array().value("x").value(true).null();
  writer.begin_object().end_object().end_array().key("c").raw("[]").member("d", 0.87).end_object();
  EXPECT_EQ(out, R"({"a":1,"b":["x",true,null,{}],"c":[],"d":0.87})");
}

TEST(Writer, prints_doubles_as_the_shortest_decimal) {
  EXPECT_EQ(written(0.87), "0.87");
  EXPECT_EQ(written(1.0), "1");
  EXPECT_EQ(written(0.000001), "0.000001");
  EXPECT_EQ(written(1e300), "1e+300");
  EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(Writer, escapes_what_must_be_and_keeps_utf8) {
  EXPECT_EQ(quoted("a\"b\\c\n\x01/ž😀"), R"("a\"b\\c\n\u0001/ž😀")");
}

TEST(Writer, replaces_broken_utf8) {
  EXPECT_EQ(quoted("a\xFFz"), "\"a\uFFFDz\"");
  EXPECT_EQ(quoted("\xC0\xAF"), "\"\uFFFD\uFFFD\"");
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");
  EXPECT_EQ(quoted("\xE2\x82"), "\"\uFFFD\uFFFD\"");
}

RC_GTEST_PROP(Writer, every_text_reads_back_or_was_not_utf8, (std::string const& text)) {
  auto const parsed = Value::parse(json::quoted(text));
  RC_ASSERT(parsed.has_value());
  auto const back = std::string(*parsed->as_string());
  RC_ASSERT(back == text || back.find("\uFFFD") != back.npos);
}

RC_GTEST_PROP(Writer, every_finite_double_reads_back_exactly, (double number)) {
  RC_ASSERT(Value::parse(written(number))->as_number() == number);
}

TEST(ParseJson, gives_every_kind_of_value_and_the_text_back) {
  auto const text = R"({"s":"x","i":-5,"d":0.1,"t":true,"n":null,"a":[1,2]})";
  auto const value = *Value::parse(text);
  EXPECT_EQ(value.find("s")->as_string(), "x");
  EXPECT_EQ(value.find("i")->as_integer(), -5);
  EXPECT_EQ(value.find("d")->as_number(), 0.1);
  EXPECT_FALSE(value.find("d")->as_integer());
  EXPECT_EQ(value.find("t")->as_bool(), true);
  EXPECT_TRUE(value.find("n")->is_null());
  EXPECT_EQ(value.find("a")->items().size(), 2U);
  EXPECT_FALSE(value.find("absent"));
  EXPECT_EQ(value.members().front().first, "s");
  EXPECT_EQ(value.to_string(), text);
}

TEST(ParseJson, a_place_outlives_the_document_it_came_from) {
  auto const inner = [] { return *Value::parse(R"({"a":{"b":"kept"}})")->find("a"); }();
  EXPECT_EQ(inner.find("b")->as_string(), "kept");
}

TEST(ParseJson, refuses_what_is_not_json_with_the_place) {
  for (auto const* text :
       {"", " ", "{", "{]", R"({"a":1,})", "[1] x", "nul", "'a'", "{a:1}", "01", "NaN", "1e999",
        "\"\xFF\"", "\"\xED\xA0\x80\"", R"("\ud800")", "\"\n\"", "// x\n1", "\xEF\xBB\xBF{}"}) {
    auto const value = Value::parse(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().kind, ErrorKind::bad_request);
    EXPECT_EQ(value.error().code, "INVALID_JSON");
  }
  EXPECT_NE(Value::parse(R"({"a": x})").error().message.find("at byte 6"), std::string::npos);
}

TEST(ParseJson, refuses_a_member_that_appears_twice) {
  EXPECT_FALSE(Value::parse(R"({"a":1,"a":2})"));
  EXPECT_FALSE(Value::parse(R"([{"x":{"a":1,"b":2,"\u0061":3}}])"));
  EXPECT_TRUE(Value::parse(R"([{"a":1},{"a":2}])"));
}

TEST(ParseJson, refuses_more_than_32_levels) {
  EXPECT_TRUE(Value::parse(std::string(32, '[') + std::string(32, ']')));
  EXPECT_FALSE(Value::parse(std::string(33, '[') + std::string(33, ']')));
  EXPECT_FALSE(Value::parse(std::string(1 << 20, '[')));
}

TEST(ParseJson, takes_whole_numbers_however_written_but_not_beyond_their_range) {
  EXPECT_EQ(Value::parse("25.0")->as_integer(), 25);
  EXPECT_EQ(Value::parse("9223372036854775807")->as_integer(), 9223372036854775807);
  EXPECT_FALSE(Value::parse("18446744073709551615")->as_integer());
  EXPECT_FALSE(Value::parse("1e300")->as_integer());
}

TEST(ParseJson, knows_no_negative_zero) {
  for (auto const* text : {"-0", "-0.0", "-0e5"}) EXPECT_EQ(Value::parse(text)->to_string(), "0");
}

TEST(ObjectReader, names_every_missing_field_at_once_as_400) {
  auto const body = *Value::parse(R"({"empty":" ","null":null,"wrong":1})");
  ObjectReader reader(body);
  (void)reader.string("empty");
  (void)reader.string("null");
  (void)reader.string("absent");
  (void)reader.string("wrong");
  auto const result = reader.finish();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::bad_request);
  EXPECT_EQ(result.error().fields.size(), 4U);
  EXPECT_EQ(result.error().message, "Missing or empty: empty, null, absent");
}

TEST(ObjectReader, answers_wrong_types_and_values_as_422_with_their_path) {
  auto const body = *Value::parse(R"({"s":1,"i":"1","r":121,"b":0,"n":"\u0000"})");
  ObjectReader reader(body, "profiles[3]");
  (void)reader.string("s");
  (void)reader.integer("i", 0, 9);
  (void)reader.optional_integer("r", 0, 120);
  (void)reader.optional_bool("b");
  (void)reader.optional_string("n");
  auto const result = reader.finish();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::invalid);
  ASSERT_EQ(result.error().fields.size(), 5U);
  EXPECT_EQ(result.error().fields[0], (FieldError{"profiles[3].s", "must be a string"}));
  EXPECT_EQ(result.error().fields[2], (FieldError{"profiles[3].r", "must be from 0 to 120"}));
}

TEST(ObjectReader, gives_what_is_there) {
  auto const body = *Value::parse(R"({"s":" Ada ","i":0,"d":0.5,"none":null,"v":[1]})");
  ObjectReader reader(body);
  EXPECT_EQ(reader.string("s"), " Ada ");
  EXPECT_EQ(reader.integer("i", 0, 120), 0);
  EXPECT_EQ(reader.optional_number("d", 0, 1), 0.5);
  EXPECT_FALSE(reader.optional_string("none"));
  EXPECT_FALSE(reader.optional_bool("absent"));
  EXPECT_TRUE(reader.optional_value("v")->is_array());
  EXPECT_TRUE(reader.finish());
}

TEST(ObjectReader, a_body_that_is_no_object_is_422_and_nothing_else) {
  ObjectReader reader(*Value::parse("[]"));
  (void)reader.string("name");
  EXPECT_EQ(reader.finish().error().kind, ErrorKind::invalid);
}

}  // namespace
}  // namespace insighta::json
