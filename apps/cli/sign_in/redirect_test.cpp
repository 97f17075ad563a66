#include "sign_in/redirect.hpp"

#include <gtest/gtest.h>

namespace insighta::cli {
namespace {

ExpectedRedirect const expected{
    .authority = "127.0.0.1:9876", .state = "s1", .issuer = "http://localhost:8080"};

constexpr auto good = "/callback?code=c%2B1&state=s1&iss=http%3A%2F%2Flocalhost%3A8080";

RedirectKind kind_of(std::string const& target, std::string const& host = "127.0.0.1:9876",
                     std::string const& method = "GET") {
  return read_request(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n", expected).kind;
}

TEST(Redirect, gives_the_code_of_our_own_sign_in) {
  Redirect const redirect =
      read_request(std::string{"GET "} + good + " HTTP/1.1\r\nHost: 127.0.0.1:9876\r\n", expected);
  EXPECT_EQ(redirect.kind, RedirectKind::code);
  EXPECT_EQ(redirect.code, "c+1");
}

TEST(Redirect, is_not_taken_from_another_host_method_or_path) {
  EXPECT_EQ(kind_of(good, "evil.example:9876"), RedirectKind::wrong_host);
  EXPECT_EQ(kind_of(good, "localhost:9876"), RedirectKind::wrong_host);
  EXPECT_EQ(kind_of(good, "127.0.0.1:9876\r\nHost: 127.0.0.1:9876"), RedirectKind::wrong_host);
  EXPECT_EQ(kind_of(good, "127.0.0.1:9876", "POST"), RedirectKind::wrong_method);
  EXPECT_EQ(kind_of("/favicon.ico"), RedirectKind::elsewhere);
  EXPECT_EQ(kind_of("/callback/"), RedirectKind::elsewhere);
  EXPECT_EQ(kind_of("/done"), RedirectKind::done_page);
}

TEST(Redirect, needs_our_state_once) {
  EXPECT_EQ(kind_of("/callback?code=c"), RedirectKind::wrong_state);
  EXPECT_EQ(kind_of("/callback?code=c&state=s2&iss=x"), RedirectKind::wrong_state);
  EXPECT_EQ(kind_of("/callback?code=c&state=s1&state=s1"), RedirectKind::wrong_state);
}

TEST(Redirect, needs_our_issuer_before_anything_is_believed) {
  EXPECT_EQ(kind_of("/callback?code=c&state=s1"), RedirectKind::wrong_issuer);
  EXPECT_EQ(kind_of("/callback?error=access_denied&state=s1&iss=http://evil"),
            RedirectKind::wrong_issuer);
}

TEST(Redirect, carries_a_refusal) {
  Redirect const redirect = read_request(
      "GET /callback?error=access_denied&error_description=No+thanks&state=s1&"
      "iss=http://localhost:8080 HTTP/1.1\r\nHost: 127.0.0.1:9876\r\n",
      expected);
  EXPECT_EQ(redirect.kind, RedirectKind::refused);
  EXPECT_EQ(redirect.error, "access_denied");
  EXPECT_EQ(redirect.description, "No thanks");
}

TEST(Redirect, that_is_broken_is_unreadable) {
  EXPECT_EQ(kind_of("/callback?code=%zz&state=s1"), RedirectKind::unreadable);
  EXPECT_EQ(kind_of("/callback?state=s1&iss=http://localhost:8080"), RedirectKind::unreadable);
  EXPECT_EQ(read_request("nonsense", expected).kind, RedirectKind::unreadable);
}

TEST(Redirect, may_be_pasted) {
  EXPECT_EQ(read_pasted_url(std::string{" http://127.0.0.1:9876"} + good + "\n", expected).kind,
            RedirectKind::code);
  EXPECT_EQ(read_pasted_url(std::string{"http://127.0.0.1:98760"} + good, expected).kind,
            RedirectKind::elsewhere);
}

}  // namespace
}  // namespace insighta::cli
