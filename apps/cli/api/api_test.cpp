#include "api/answer_error.hpp"
#include "api/api_url.hpp"
#include "api/query_string.hpp"
#include "commands/profiles/query_flags.hpp"

#include <gtest/gtest.h>

namespace insighta::cli {
namespace {

TEST(ApiUrl, is_an_origin_and_safe) {
  EXPECT_EQ(checked_api_url("http://localhost:8080/"), "http://localhost:8080");
  EXPECT_EQ(checked_api_url("https://insighta.example"), "https://insighta.example");
  EXPECT_EQ(checked_api_url("http://[::1]:80"), "http://[::1]:80");
  for (char const* const bad : {"", "localhost:8080", "ftp://localhost", "http://", "https://a/b",
                                "http://insighta.example", "http://127.evil.example",
                                "https://me@insighta.example", "http://localhost.evil.example"}) {
    EXPECT_FALSE(checked_api_url(bad)) << bad;
  }
}

TEST(QueryString, survives_the_way_there_and_back) {
  Parameters const parameters{{"q", "women aged 20–45 & more"}, {"name", "+%="}};
  EXPECT_EQ(parse_form(form_of(parameters)), parameters);
  EXPECT_EQ(form_of({{"a b", "c"}}), "a%20b=c");
  EXPECT_EQ(parse_form("a=%4"), std::nullopt);
}

TEST(QueryFlags, become_parameters_of_the_same_meaning) {
  CLI::App command;
  QueryFlags flags;
  flags.add_filters(command);
  flags.add_order(command);
  flags.add_pages(command);
  command.parse("--country NG --min-age 0 --sort-by age --limit 5", false);
  EXPECT_EQ(with_query("/p", flags.parameters()), "/p?country_id=NG&min_age=0&sort_by=age&limit=5");
}

TEST(QueryFlags, left_out_stay_out) {
  EXPECT_EQ(with_query("/p", QueryFlags{}.parameters()), "/p");
}

TEST(AnswerError, reads_the_envelope) {
  Error const error = error_of(
      {.status = 422,
       .body = R"({"status":"error","code":"VALIDATION_FAILED","message":"Invalid query parameters",
                   "errors":[{"field":"page","message":"at least 1"}]})"});
  EXPECT_EQ(error.kind, ErrorKind::invalid);
  EXPECT_EQ(describe(error), "Invalid query parameters (page: at least 1)");
}

TEST(AnswerError, reads_what_oauth_says_and_disarms_it) {
  Error const error = error_of(
      {.status = 400, .body = R"({"error":"invalid_grant","error_description":"a\u001b[2Jb"})"});
  EXPECT_EQ(error.code, "invalid_grant");
  EXPECT_EQ(describe(error), "a\\x1b[2Jb");
}

TEST(AnswerError, of_a_stranger_names_the_status) {
  Error const error =
      error_of({.status = 503, .headers = {{"retry-after", "7"}}, .body = "<html>"});
  EXPECT_EQ(describe(error), "the server answered 503; try again in 7 s");
}

}  // namespace
}  // namespace insighta::cli
