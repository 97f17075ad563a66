#include "identity/services/identity_fixture.hpp"
#include "platform/async/when_all.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace insighta::identity {
namespace {

using namespace std::chrono_literals;

class RedeemCode : public IdentityTest {};
class RefreshTokenUse : public IdentityTest {};

TEST_F(RedeemCode, gives_tokens_for_three_minutes) {
  auto const user = person("1");
  auto const issued = sign_in(user);
  EXPECT_EQ(issued.expires_in, 180s);
  EXPECT_EQ(issued.user.id, user.id);
  EXPECT_TRUE(authenticate(issued.access_token));
  clock.advance(180s - 1us);
  EXPECT_TRUE(authenticate(issued.access_token));
  clock.advance(1us);
  EXPECT_EQ(authenticate(issued.access_token).error().code, "INVALID_TOKEN");
  EXPECT_EQ(count_audit("sign_in"), 1);
}

TEST_F(RedeemCode, works_until_sixty_seconds_have_passed) {
  auto const user = person("1");
  auto const early = code(user);
  auto const late = code(user);
  clock.advance(60s - 1us);
  EXPECT_EQ(reason(redeem(early)), "granted");
  clock.advance(1us);
  EXPECT_EQ(reason(redeem(late)), "expired");
}

TEST_F(RedeemCode, a_second_time_ends_what_the_first_began) {
  auto const with_code = code(person("1"));
  auto const issued = redeem(with_code).value();
  EXPECT_EQ(reason(redeem(with_code)), "reused");
  EXPECT_EQ(authenticate(issued.access_token).error().code, "INVALID_TOKEN");
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "revoked");
  EXPECT_EQ(count_audit("code_reuse"), 1);
}

TEST_F(RedeemCode, a_second_time_without_the_verifier_harms_nobody) {
  auto const with_code = code(person("1"));
  auto const issued = redeem(with_code).value();
  auto const thief = await(tokens.redeem(
      client(cli_client),
      {.code = with_code, .code_verifier = std::string(43, 'x'), .redirect_uri = {}, .state = {}},
      here));
  EXPECT_EQ(reason(thief), "used");
  EXPECT_EQ(reason(redeem(with_code, portal_client)), "unknown");
  EXPECT_TRUE(authenticate(issued.access_token));
}

TEST_F(RedeemCode, survives_two_wrong_verifiers_and_not_three) {
  auto const user = person("1");
  auto const wrong = [&](std::string const& with_code) {
    return reason(await(tokens.redeem(
        client(cli_client),
        {.code = with_code, .code_verifier = std::string(43, 'x'), .redirect_uri = {}, .state = {}},
        here)));
  };
  auto const patient = code(user);
  EXPECT_EQ(wrong(patient), "verifier");
  EXPECT_EQ(wrong(patient), "verifier");
  EXPECT_EQ(reason(redeem(patient)), "granted");
  auto const dead = code(user);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(wrong(dead), "verifier");
  EXPECT_EQ(reason(redeem(dead)), "verifier");
}

TEST_F(RedeemCode, fifty_at_once_succeed_once) {
  auto const with_code = code(person("1"));
  auto const found = client(cli_client);
  auto const all = [&]() -> Task<std::vector<Result<IssuedTokens>>> {
    std::vector<Task<Result<IssuedTokens>>> tries;
    CodeRedemption const redemption{
        .code = with_code, .code_verifier = verifier, .redirect_uri = {}, .state = {}};
    for (int i = 0; i < 50; ++i) tries.push_back(tokens.redeem(found, redemption, here));
    co_return co_await when_all(std::move(tries));
  };
  auto const results = await(all());
  EXPECT_EQ(std::ranges::count_if(results, [](auto const& result) { return result.has_value(); }),
            1);
}

TEST_F(RefreshTokenUse, rotates_and_ends_the_session_when_the_old_one_comes_back) {
  auto const first = sign_in(person("1"));
  auto const second = refresh(first.refresh_token).value();
  EXPECT_NE(second.refresh_token, first.refresh_token);
  EXPECT_TRUE(authenticate(first.access_token));
  EXPECT_EQ(reason(refresh(first.refresh_token)), "reused");
  EXPECT_EQ(reason(refresh(second.refresh_token)), "revoked");
  EXPECT_EQ(authenticate(second.access_token).error().code, "INVALID_TOKEN");
  EXPECT_EQ(count_audit("refresh_token_reuse"), 1);
}

TEST_F(RefreshTokenUse, sixty_four_at_once_succeed_once) {
  auto const issued = sign_in(person("1"));
  auto const all = [&]() -> Task<std::vector<Result<IssuedTokens>>> {
    std::vector<Task<Result<IssuedTokens>>> tries;
    for (int i = 0; i < 64; ++i) tries.push_back(refreshing(issued.refresh_token));
    co_return co_await when_all(std::move(tries));
  };
  auto const results = await(all());
  EXPECT_EQ(std::ranges::count_if(results, [](auto const& result) { return result.has_value(); }),
            1);
  for (auto const& result : results)
    if (!result) EXPECT_EQ(result.error().kind, ErrorKind::bad_request);
}

TEST_F(RefreshTokenUse, sixty_four_of_one_attempt_get_the_same_successor) {
  auto const issued = sign_in(person("1"));
  auto const all = [&]() -> Task<std::vector<Result<IssuedTokens>>> {
    std::vector<Task<Result<IssuedTokens>>> tries;
    for (int i = 0; i < 64; ++i) tries.push_back(refreshing(issued.refresh_token, "attempt"));
    co_return co_await when_all(std::move(tries));
  };
  auto const results = await(all());
  for (auto const& result : results) {
    ASSERT_TRUE(result) << reason(result);
    EXPECT_EQ(result->refresh_token, results.front()->refresh_token);
  }
  EXPECT_EQ(reason(refresh(results.front()->refresh_token)), "granted");
  EXPECT_EQ(reason(refresh(issued.refresh_token, "attempt")), "used");
  EXPECT_EQ(count_audit("refresh_token_reuse"), 0);
}

TEST_F(RefreshTokenUse, ends_after_idling_and_absolutely) {
  auto issued = sign_in(person("1"));
  auto const idle = sign_in(person("2"));
  auto const began = clock.now();
  while (clock.now() + 7 * 24h - 1us < began + settings.session_max) {
    clock.advance(7 * 24h - 1us);
    issued = refresh(issued.refresh_token).value();
  }
  EXPECT_EQ(reason(refresh(idle.refresh_token)), "expired");
  clock.set(began + settings.session_max - 1us);
  issued = refresh(issued.refresh_token).value();
  EXPECT_EQ(issued.refresh_expires_in, 0s);
  clock.advance(1us);
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "expired");
}

TEST_F(RefreshTokenUse, of_another_client_is_refused_and_goes_on_working) {
  auto const issued = sign_in(person("1"));
  EXPECT_EQ(reason(refresh(issued.refresh_token, "", portal_client)), "unknown");
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "granted");
}

TEST_F(RefreshTokenUse, may_narrow_scopes_for_one_access_token) {
  auto const issued = sign_in(person("1", {Role::admin}));
  auto const narrow = await(tokens.refresh(client(cli_client),
                                           {.token = issued.refresh_token,
                                            .idempotency_key = "",
                                            .scopes = std::vector{Scope::read}},
                                           here))
                          .value();
  EXPECT_THAT(authenticate(narrow.access_token)->scopes, ::testing::ElementsAre(Scope::read));
  EXPECT_EQ(refresh(narrow.refresh_token)->scopes.size(), 3u);
}

TEST_F(RefreshTokenUse, that_is_not_admitted_stays_as_it_is) {
  auto const issued = sign_in(person("1"));
  RefreshRequest wanted{.token = issued.refresh_token, .idempotency_key = "", .scopes = {}};
  wanted.admit = [&](SessionId session) -> Result<void> {
    EXPECT_EQ(session, issued.session_id);
    return fail(Error{ErrorKind::too_many_requests, "RATE_LIMITED", "Too many"});
  };
  auto const refused = await(tokens.refresh(client(cli_client), wanted, here));
  EXPECT_EQ(refused.error().kind, ErrorKind::too_many_requests);
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "granted");
}

TEST_F(RefreshTokenUse, names_its_session_before_and_after) {
  auto const issued = sign_in(person("1"));
  EXPECT_EQ(await(tokens.find_session(issued.refresh_token)), issued.session_id);
  auto const next = refresh(issued.refresh_token).value();
  EXPECT_EQ(await(tokens.find_session(issued.refresh_token)), issued.session_id);
  EXPECT_EQ(await(tokens.find_session(next.refresh_token)), issued.session_id);
  EXPECT_FALSE(await(tokens.find_session(new_refresh_token())));
  EXPECT_FALSE(await(tokens.find_session("anything")));
}

TEST_F(RefreshTokenUse, never_works_after_a_revocation_answered) {
  auto const user = person("1");
  for (int round = 0; round < 100; ++round) {
    auto const issued = sign_in(user);
    auto const race = [&]() -> Task<Result<IssuedTokens>> {
      auto const found = co_await client_service.find(cli_client);
      auto [refreshed, revoked] = co_await when_all(
          refreshing(issued.refresh_token), tokens.revoke(*found, issued.refresh_token, here));
      EXPECT_TRUE(revoked);
      co_return std::move(refreshed);
    };
    auto const refreshed = await(race());
    EXPECT_EQ(authenticate(issued.access_token).error().code, "INVALID_TOKEN");
    if (refreshed) {
      EXPECT_EQ(reason(refresh(refreshed->refresh_token)), "revoked");
      EXPECT_FALSE(authenticate(refreshed->access_token));
    }
  }
}

class Revoke : public IdentityTest {};

TEST_F(Revoke, takes_spent_tokens_and_access_tokens_and_forgives_the_rest) {
  auto const first = sign_in(person("1"));
  auto const second = refresh(first.refresh_token).value();
  EXPECT_TRUE(await(tokens.revoke(client(cli_client), first.refresh_token, here)));
  EXPECT_EQ(reason(refresh(second.refresh_token)), "revoked");
  EXPECT_TRUE(await(tokens.revoke(client(cli_client), first.refresh_token, here)));
  EXPECT_TRUE(await(tokens.revoke(client(cli_client), "garbage", here)));
  auto const other = sign_in(person("2"));
  EXPECT_EQ(await(tokens.revoke(client(portal_client), other.refresh_token, here)).error().code,
            "unauthorized_client");
  EXPECT_TRUE(await(tokens.introspect(other.refresh_token)));
  EXPECT_TRUE(await(tokens.revoke(client(cli_client), other.access_token, here)));
  EXPECT_FALSE(await(tokens.introspect(other.refresh_token)));
  EXPECT_FALSE(authenticate(other.access_token));
}

class ChangeAccess : public IdentityTest {
 protected:
  Actor admin() {
    return authenticate(sign_in(person("admin", {Role::admin})).access_token).value();
  }
};

TEST_F(ChangeAccess, counts_on_the_next_request_of_a_live_token) {
  auto const boss = admin();
  auto const user = person("1");
  auto const issued = sign_in(user);
  EXPECT_FALSE(authenticate(issued.access_token)->may(Permission::profiles_import));
  ASSERT_TRUE(await(
      accounts.change_access(boss, user.id, {.roles = Roles{Role::admin}, .is_active = {}}, here)));
  EXPECT_TRUE(authenticate(issued.access_token)->may(Permission::profiles_import));
  ASSERT_TRUE(
      await(accounts.change_access(boss, user.id, {.roles = {}, .is_active = false}, here)));
  EXPECT_EQ(authenticate(issued.access_token).error().code, "ACCOUNT_DISABLED");
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "disabled");
  ASSERT_TRUE(await(accounts.change_access(boss, user.id, {.roles = {}, .is_active = true}, here)));
  EXPECT_FALSE(authenticate(issued.access_token));
  EXPECT_EQ(count_audit("role_changed"), 1);
  EXPECT_EQ(count_audit("user_deactivated"), 1);
}

TEST_F(ChangeAccess, leaves_one_active_admin_also_when_two_go_at_once) {
  auto const boss = admin();
  EXPECT_EQ(
      await(accounts.change_access(boss, boss.user_id, {.roles = {}, .is_active = false}, here))
          .error()
          .code,
      "LAST_ADMIN");
  auto const second = person("2", {Role::admin});
  AccessChange const demote{.roles = Roles{Role::analyst}, .is_active = {}};
  auto const race = [&]() -> Task<int> {
    auto [a, b] = co_await when_all(accounts.change_access(boss, boss.user_id, demote, here),
                                    accounts.change_access(boss, second.id, demote, here));
    co_return static_cast<int>(a.has_value()) + static_cast<int>(b.has_value());
  };
  EXPECT_EQ(await(race()), 1);
}

TEST_F(ChangeAccess, is_not_undone_by_signing_in_again) {
  auto const boss = admin();
  auto const user = person("1");
  ASSERT_TRUE(
      await(accounts.change_access(boss, user.id, {.roles = Roles{}, .is_active = false}, here)));
  auto const again = person("1", {Role::admin});
  EXPECT_EQ(again.id, user.id);
  EXPECT_FALSE(again.is_active);
  EXPECT_TRUE(again.roles.is_empty());
}

class Sessions : public IdentityTest {};

TEST_F(Sessions, are_listed_and_ended_one_by_one_or_all) {
  auto const user = person("1");
  auto const first = sign_in(user);
  clock.advance(1s);
  auto const second = sign_in(user, portal_client);
  auto const actor = authenticate(first.access_token).value();
  EXPECT_EQ(await(accounts.my_sessions(actor)).size(), 2u);
  auto const stranger = authenticate(sign_in(person("2")).access_token).value();
  EXPECT_EQ(await(accounts.end_session(stranger, second.session_id, here)).error().kind,
            ErrorKind::not_found);
  EXPECT_TRUE(await(accounts.end_session(actor, second.session_id, here)));
  EXPECT_FALSE(authenticate(second.access_token));
  await(accounts.end_all_sessions(actor, here));
  EXPECT_FALSE(authenticate(first.access_token));
}

class Keys : public IdentityTest {};

TEST_F(Keys, are_made_once_and_opened_by_the_right_key_only) {
  KeyRing again(std::string(32, 'k'), false);
  await(again.load(key_store));
  EXPECT_EQ(again.current()->signing_kid, keys.current()->signing_kid);
  KeyRing wrong(std::string(32, 'x'), false);
  EXPECT_THROW(await(wrong.load(key_store)), std::runtime_error);
  KeyRing development(std::string(32, 'k'), true);
  EXPECT_THROW(await(development.load(key_store)), std::runtime_error);
}

TEST_F(Keys, verify_nothing_but_their_own_tokens) {
  auto const token = sign_in(person("1")).access_token;
  EXPECT_TRUE(await(access_tokens.verify(token, clock.now())));
  auto const payload = token.substr(0, token.rfind('.'));
  for (auto const& bad :
       {std::string{}, payload, payload + ".", payload + "." + std::string(86, 'A'), token + "A",
        std::string{"a.b.c"}, "eyJhbGciOiJub25lIn0" + token.substr(token.find('.')),
        std::string(9000, 'a')})
    EXPECT_FALSE(await(access_tokens.verify(bad, clock.now()))) << bad.substr(0, 40);
  AccessTokens elsewhere(keys, key_store, loop(), "http://localhost:9999");
  EXPECT_FALSE(await(elsewhere.verify(token, clock.now())));
}

}  // namespace
}  // namespace insighta::identity
