#include "platform/outcome/ensure.hpp"
#include "platform/testing/postgres_test.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <numbers>

namespace insighta::postgres {
namespace {

class SendValue : public insighta::testing::PostgresTest {
 protected:
  /// What comes back of a value that went through the server as `type`.
  template <class T, class Sent = T>
  T round_trip(std::string const& type, Sent const& value) {
    auto const sql = "select $1::" + type;
    return await(database().query(Query{"", sql}, Parameters(value))).single().template get<T>(0);
  }
  Rows select(std::string const& sql) { return await(database().query(Query{"", sql})); }
};

TEST_F(SendValue, keeps_booleans) {
  EXPECT_TRUE(round_trip<bool>("bool", true));
  EXPECT_FALSE(round_trip<bool>("bool", false));
}

TEST_F(SendValue, keeps_integers_to_their_limits) {
  for (auto const value : {std::numeric_limits<std::int32_t>::min(), -1, 0, 1,
                           std::numeric_limits<std::int32_t>::max()}) {
    EXPECT_EQ(round_trip<std::int32_t>("int4", value), value);
    EXPECT_EQ((round_trip<std::int64_t, std::int32_t>("int4", value)), value);
  }
  for (auto const value :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(round_trip<std::int64_t>("int8", value), value);
  }
  EXPECT_EQ((round_trip<std::int32_t, std::int32_t>("int2", -32768)), -32768);
  EXPECT_EQ((round_trip<std::int64_t, std::int32_t>("int2", 32767)), 32767);
}

TEST_F(SendValue, keeps_floating_point_numbers) {
  for (auto const value : {0.0, -1.5, std::numbers::pi, std::numeric_limits<double>::infinity(),
                           std::numeric_limits<double>::denorm_min()}) {
    EXPECT_EQ(round_trip<double>("float8", value), value);
  }
  EXPECT_EQ((round_trip<double, double>("float4", 0.25)), 0.25);
}

TEST_F(SendValue, keeps_text_of_every_kind_and_size) {
  for (auto const& value : {std::string(), std::string("O'Brien; drop table x --"),
                            std::string("żółw 🐢 \\ \" \n\t"), std::string(3'000'000, 'x')}) {
    EXPECT_EQ(round_trip<std::string>("text", value), value);
    EXPECT_EQ(round_trip<std::string>("varchar", value), value);
  }
  EXPECT_EQ((round_trip<std::string, std::string>("jsonb", R"({"a": 1})")), R"({"a": 1})");
  EXPECT_EQ((round_trip<std::string, std::string>("json", "[1]")), "[1]");
}

TEST_F(SendValue, refuses_text_that_postgresql_cannot_hold) {
  using namespace std::string_literals;
  EXPECT_THROW((round_trip<std::string, std::string>("text", "a\0b"s)), Failure);
  EXPECT_THROW((round_trip<std::string, std::string>("text", "\xff")), Failure);
}

TEST_F(SendValue, keeps_ids_instants_and_bytes) {
  using namespace std::chrono_literals;
  auto const instant = Instant{std::chrono::microseconds{1'700'000'000'123'456}};
  auto const uuid = Uuid::v7(instant);
  EXPECT_EQ(round_trip<Uuid>("uuid", uuid), uuid);
  EXPECT_EQ(round_trip<Instant>("timestamptz", instant), instant);
  EXPECT_EQ(round_trip<Instant>("timestamptz", Instant{-1us}), Instant{-1us});
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ((round_trip<std::string>("bytea", Bytes{bytes})), bytes);
  using ThingId = Id<struct Thing_>;
  EXPECT_EQ(round_trip<ThingId>("uuid", ThingId{uuid}), ThingId{uuid});
}

TEST_F(SendValue, shows_instants_to_the_server_as_they_are) {
  auto const rows =
      await(database().query(Query{"", "select ($1::timestamptz at time zone 'UTC')::text"},
                             Parameters(parse_rfc3339("2026-02-28T23:59:59.5Z").value())));
  EXPECT_EQ(rows.single().get<std::string>(0), "2026-02-28 23:59:59.5");
}

TEST_F(SendValue, keeps_arrays) {
  using Texts = std::vector<std::string>;
  for (auto const& value : {Texts{}, Texts{""}, Texts{"a", "b,c", "{\"d\"}", "ü"}}) {
    EXPECT_EQ(round_trip<Texts>("text[]", value), value);
  }
  auto const sum = await(
      database().query(Query{"", "select coalesce(sum(n), 0)::int8 from unnest($1::int4[]) n"},
                       Parameters(std::vector<std::int32_t>{1, -2, 30})));
  EXPECT_EQ(sum.single().get<std::int64_t>(0), 29);
  auto const wanted = Uuid::v7(Instant{});
  auto const found = await(database().query(Query{"", "select $1 = any ($2)"},
                                            Parameters(wanted, std::vector<Uuid>{{}, wanted})));
  EXPECT_TRUE(found.single().get<bool>(0));
}

TEST_F(SendValue, keeps_what_is_not_there) {
  EXPECT_EQ((round_trip<std::optional<std::string>>("text", std::optional<std::string>{})),
            std::nullopt);
  EXPECT_EQ((round_trip<std::optional<std::int32_t>>("int4", std::optional<std::int32_t>{7})), 7);
  EXPECT_EQ((round_trip<std::optional<Instant>>("timestamptz", std::optional<Instant>{})),
            std::nullopt);
  EXPECT_THROW((round_trip<std::string>("text", std::optional<std::string>{})), BrokenInvariant);
}

TEST_F(SendValue, is_read_back_as_its_own_type_only) {
  auto const rows =
      select("select 1::int8, 'x'::text, array[[1, 2]], 1.5::numeric, array['a', null]");
  auto const row = rows.single();
  EXPECT_THROW(row.get<std::int32_t>(0), BrokenInvariant);
  EXPECT_THROW(row.get<std::string>(0), BrokenInvariant);
  EXPECT_THROW(row.get<Uuid>(1), BrokenInvariant);
  EXPECT_THROW(row.get<bool>(1), BrokenInvariant);
  EXPECT_THROW(row.get<std::vector<std::string>>(2), BrokenInvariant);
  EXPECT_THROW(row.get<double>(3), BrokenInvariant);
  EXPECT_THROW(row.get<std::vector<std::string>>(4), BrokenInvariant);
  EXPECT_THROW(row.get<std::string>(5), BrokenInvariant);
}

TEST_F(SendValue, answers_tell_their_size_and_what_they_changed) {
  auto const none = select("select 1 where false");
  EXPECT_TRUE(none.is_empty());
  EXPECT_THROW(none.single(), BrokenInvariant);
  auto const three = select("select n from generate_series(1, 3) n");
  EXPECT_EQ(three.size(), 3U);
  EXPECT_THROW(three.single(), BrokenInvariant);
  std::int32_t sum = 0;
  for (auto const row : three) sum += row.get<std::int32_t>(0);
  EXPECT_EQ(sum, 6);
  execute("create table booking.numbers (n int)");
  EXPECT_EQ(select("insert into booking.numbers select generate_series(1, 5)").affected(), 5);
  EXPECT_EQ(select("update booking.numbers set n = n + 1 where n > 2").affected(), 3);
}

TEST_F(SendValue, a_quoted_literal_is_the_text_and_nothing_else) {
  rc::check("quote_literal round trip", [&](std::string text) {
    std::erase_if(text, [](char letter) { return letter <= 0; });  // ASCII without NUL
    auto const rows = select("select " + quote_literal(text) + "::text");
    RC_ASSERT(rows.single().get<std::string>(0) == text);
  });
}

}  // namespace
}  // namespace insighta::postgres
