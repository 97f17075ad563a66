#include "identity/services/identity_fixture.hpp"
#include "platform/async/when_all.hpp"

namespace insighta::identity {
namespace {

class Accounts : public IdentityTest {
 protected:
  Actor admin() {
    return authenticate(sign_in(person("admin", {Role::admin})).access_token).value();
  }
};

TEST_F(Accounts, a_page_past_the_end_still_tells_the_total) {
  auto const boss = admin();
  person("2");
  auto const list = await(accounts.list({}, {}, 20, 40));
  EXPECT_TRUE(list.users.empty());
  EXPECT_EQ(list.total, 2);
  EXPECT_EQ(await(accounts.audit(
                      {.action = "sign_in", .user = {}, .from = {}, .to = {}, .text = {}}, 20, 40))
                .total,
            1);
}

TEST_F(Accounts, no_session_that_was_just_beginning_survives_a_deactivation) {
  auto const boss = admin();
  auto const user = person("2");
  for (int round = 0; round < 50; ++round) {
    auto const redeeming = [&](std::string with_code) -> Task<bool> {
      auto const found = co_await client_service.find(cli_client);
      CodeRedemption const redemption{
          .code = with_code, .code_verifier = verifier, .redirect_uri = {}, .state = {}};
      co_return (co_await tokens.redeem(*found, redemption, here)).has_value();
    };
    auto const race = [&](std::string with_code) -> Task<bool> {
      auto [redeemed, changed] = co_await when_all(
          redeeming(with_code),
          accounts.change_access(boss, user.id, {.roles = {}, .is_active = false}, here));
      co_return changed.has_value();
    };
    EXPECT_TRUE(await(race(code(user))));
    EXPECT_TRUE(await(sessions.list(user.id, clock.now())).empty());
    ASSERT_TRUE(
        await(accounts.change_access(boss, user.id, {.roles = {}, .is_active = true}, here)));
  }
}

TEST_F(Accounts, signing_out_everywhere_ends_codes_and_access_tokens_too) {
  auto const user = person("2");
  auto const issued = sign_in(user);
  auto const unused = code(user);
  await(accounts.end_all_sessions(*authenticate(issued.access_token), here));
  EXPECT_EQ(reason(redeem(unused)), "unknown");
  EXPECT_EQ(authenticate(issued.access_token).error().code, "INVALID_TOKEN");
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "revoked");
  EXPECT_TRUE(redeem(code(user)));
}

}  // namespace
}  // namespace insighta::identity
