#include "identity/domain/client.hpp"

#include "identity/domain/pkce.hpp"
#include "identity/domain/session.hpp"

#include <gtest/gtest.h>

#include <string>

namespace insighta::identity {
namespace {

using namespace std::chrono_literals;

Client cli() {
  Client client;
  client.redirect_uris = {"http://127.0.0.1/callback", "http://[::1]/callback"};
  return client;
}

TEST(RedirectUri, takes_any_port_of_the_loopback_literals) {
  for (auto const* uri : {"http://127.0.0.1:9876/callback", "http://127.0.0.1:51004/callback",
                          "http://[::1]:1/callback", "http://127.0.0.1/callback"})
    EXPECT_TRUE(is_registered_redirect(cli(), uri)) << uri;
}

TEST(RedirectUri, refuses_everything_that_only_looks_alike) {
  for (auto const* uri : {"",
                          "http://127.0.0.1:9876/callback/",
                          "http://127.0.0.1:9876/Callback",
                          "http://127.0.0.1:9876/callback?x=1",
                          "http://127.0.0.1:9876/callback#f",
                          "http://127.0.0.1:9876/%63allback",
                          "http://u@127.0.0.1:9876/callback",
                          "http://127.0.0.1:9876\\callback",
                          "https://127.0.0.1:9876/callback",
                          "HTTP://127.0.0.1:9876/callback",
                          "http://127.0.0.1.evil/callback",
                          "http://127.1:9876/callback",
                          "http://0x7f000001/callback",
                          "http://127.0.0.2/callback",
                          "http://localhost:9876/callback",
                          "http://127.0.0.1:0/callback",
                          "http://127.0.0.1:65536/callback",
                          "http://127.0.0.1:09/callback",
                          "http://127.0.0.1:/callback",
                          "http://127.0.0.1:9876@evil/callback",
                          "http://[::1]:9876/other",
                          "http://[0:0:0:0:0:0:0:1]:1/callback"})
    EXPECT_FALSE(is_registered_redirect(cli(), uri)) << uri;
}

TEST(RedirectUri, of_a_confidential_client_is_exact) {
  Client portal;
  portal.redirect_uris = {"http://127.0.0.1:3000/login/callback"};
  EXPECT_TRUE(is_registered_redirect(portal, "http://127.0.0.1:3000/login/callback"));
  for (auto const* uri : {"http://127.0.0.1:3001/login/callback", "http://127.0.0.1/login/callback",
                          "http://localhost:3000/login/callback"})
    EXPECT_FALSE(is_registered_redirect(portal, uri)) << uri;
}

TEST(RedirectUri, of_the_short_form_may_be_localhost) {
  EXPECT_TRUE(is_short_form_redirect(cli(), "http://localhost:9876/callback"));
  EXPECT_TRUE(is_short_form_redirect(cli(), "http://127.0.0.1:9876/callback"));
  for (auto const* uri : {"http://localhost:9876/", "http://localhost.evil:1/callback",
                          "https://evil.example/callback"})
    EXPECT_FALSE(is_short_form_redirect(cli(), uri)) << uri;
}

TEST(Pkce, knows_a_challenge_and_a_verifier) {
  EXPECT_TRUE(is_code_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
  EXPECT_FALSE(is_code_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c"));
  EXPECT_FALSE(is_code_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM="));
  EXPECT_FALSE(is_code_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c~"));
  EXPECT_FALSE(is_code_verifier(std::string(42, 'a')));
  EXPECT_TRUE(is_code_verifier(std::string(43, '~')));
  EXPECT_FALSE(is_code_verifier(std::string(129, 'a')));
}

Instant const now = *parse_rfc3339("2027-01-01T00:00:00Z");

RefreshToken a_spent_token() {
  RefreshToken token;
  token.expires_at = now + 24h;
  token.consumed_at = now - 10s;
  token.attempt_hash = "key";
  return token;
}

TEST(Refresh, rotates_once_until_it_expires) {
  RefreshToken token;
  token.expires_at = now;
  EXPECT_EQ(decide_refresh(token, {.hash = "", .at = now - 1us}), RefreshVerdict::rotate);
  EXPECT_EQ(decide_refresh(token, {.hash = "", .at = now}), RefreshVerdict::refuse);
}

TEST(Refresh, repeats_the_same_attempt_while_its_answer_is_unused) {
  RefreshAttempt attempt{.hash = "key", .at = now, .is_successor_unused = true};
  EXPECT_EQ(decide_refresh(a_spent_token(), attempt), RefreshVerdict::repeat);
  attempt.at = now + 50s;
  EXPECT_EQ(decide_refresh(a_spent_token(), attempt), RefreshVerdict::repeat);
  attempt.at = now + 50s + 1us;
  EXPECT_EQ(decide_refresh(a_spent_token(), attempt), RefreshVerdict::reused);
  attempt = {.hash = "key", .at = now, .is_successor_unused = false};
  EXPECT_EQ(decide_refresh(a_spent_token(), attempt), RefreshVerdict::refuse);
}

TEST(Refresh, takes_any_other_use_for_theft) {
  EXPECT_EQ(decide_refresh(a_spent_token(), {.hash = "", .at = now, .is_successor_unused = true}),
            RefreshVerdict::reused);
  EXPECT_EQ(
      decide_refresh(a_spent_token(), {.hash = "other", .at = now, .is_successor_unused = true}),
      RefreshVerdict::reused);
  auto token = a_spent_token();
  token.attempt_hash.clear();
  EXPECT_EQ(decide_refresh(token, {.hash = "", .at = now}), RefreshVerdict::reused);
}

TEST(Refresh, is_forgiven_only_inside_the_configured_leeway) {
  RefreshAttempt attempt{.hash = "", .at = now, .is_successor_unused = true, .reuse_leeway = 11s};
  EXPECT_EQ(decide_refresh(a_spent_token(), attempt), RefreshVerdict::refuse);
  attempt.reuse_leeway = 10s;
  EXPECT_EQ(decide_refresh(a_spent_token(), attempt), RefreshVerdict::reused);
  attempt = {.hash = "", .at = now, .is_successor_unused = false, .reuse_leeway = 11s};
  EXPECT_EQ(decide_refresh(a_spent_token(), attempt), RefreshVerdict::reused);
}

TEST(RedirectUri, of_a_confidential_client_has_the_registered_port) {
  Client client;
  client.is_confidential = true;
  client.redirect_uris = {"http://127.0.0.1/callback", "http://127.0.0.1:8970/callback"};
  EXPECT_TRUE(is_registered_redirect(client, "http://127.0.0.1:8970/callback"));
  EXPECT_FALSE(is_registered_redirect(client, "http://127.0.0.1:8971/callback"));
}

TEST(RedirectUri, may_be_registered_when_only_its_owner_can_receive_it) {
  for (auto const* uri :
       {"https://app.example/back", "https://app.example:8443/back?x=1", "https://app.example",
        "https://[2001:db8::1]:8443/back", "http://127.0.0.1:9000/back", "http://[::1]/back"}) {
    EXPECT_FALSE(fault_of_redirect(uri, true)) << uri;
    EXPECT_FALSE(fault_of_redirect(uri, false)) << uri;
  }
  EXPECT_FALSE(fault_of_redirect("com.example.app:/back", false));
  EXPECT_TRUE(fault_of_redirect("com.example.app:/back", true));
  for (auto const* uri : {"",
                          "/back",
                          "http://app.example/back",
                          "http://localhost:9000/back",
                          "http://127.0.0.1.evil/back",
                          "http://127.0.0.1:0/back",
                          "http://127.0.0.1:9000",
                          "https://",
                          "https:///back",
                          "https://u@app.example/back",
                          "https://*.example/back",
                          "https://app.example/back#f",
                          "https://app.example\\back",
                          "https://app.example/b ack",
                          "javascript:alert(1)",
                          "data:text/html,x",
                          "app:/back",
                          "HTTPS://app.example/",
                          "https://App.example/",
                          "https://app.example:99999/",
                          "https://app.example:/",
                          "https://app%2eexample/",
                          "https://app.example;x/",
                          "https://app.example./",
                          "https://localhost/back",
                          "https://localhost:8443/back",
                          "https://app.localhost/back",
                          "https://[::1/back",
                          "https://[]/back",
                          "https://[::1]x/back",
                          "com.example.app",
                          "com.example.app:back",
                          "com.example.app://back",
                          "com.example.app:"})
    EXPECT_TRUE(fault_of_redirect(uri, false)) << uri;
}

TEST(RedirectUri, has_an_origin_that_a_page_may_name) {
  EXPECT_EQ(origin_of("https://app.example:8443?x=1"), "https://app.example:8443");
  EXPECT_EQ(origin_of("com.example.app:/back?then=https://evil.example/"), "com.example.app:");
}

}  // namespace
}  // namespace insighta::identity
