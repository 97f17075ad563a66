#include "identity/services/identity_fixture.hpp"
#include "platform/async/when_all.hpp"

namespace insighta::identity {
namespace {

class Accounts : public IdentityTest {
 protected:
  Actor admin() {
    return authenticate(sign_in(person("admin", {Role::admin})).access_token).value();
  }

  User newcomer(std::string const& subject) { return person(subject, {Role::analyst}, true); }

  User grant(User const& user, Role role, std::optional<UserId> actor = {}) {
    auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
      co_await accounts.grant_role(tx, user.id, role, actor, here, clock.now());
      co_return true;
    };
    EXPECT_TRUE(await(database().run<bool>(body)));
    return await(accounts.find(user.id)).value();
  }

  AuditRecord last_role_change(UserId of) {
    AuditFilter const filter{
        .action = "role_changed", .user = of, .from = {}, .to = {}, .text = {}};
    return await(accounts.audit(filter, 1, 0)).records.at(0);
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

TEST_F(Accounts, a_role_held_only_by_default_ends_with_the_first_role_of_ones_own) {
  auto const user = grant(newcomer("2"), Role::client);
  EXPECT_EQ(user.roles, Roles{Role::client});
  EXPECT_FALSE(user.is_role_by_default);
  EXPECT_EQ(grant(user, Role::trainer).roles, (Roles{Role::client, Role::trainer}));
}

TEST_F(Accounts, a_role_that_an_admin_has_given_stays_beside_a_new_one) {
  auto const boss = admin();
  auto const user = newcomer("2");
  AccessChange const same{.roles = Roles{Role::analyst}, .is_active = {}};
  ASSERT_TRUE(await(accounts.change_access(boss, user.id, same, here)));
  EXPECT_EQ(grant(user, Role::client).roles, (Roles{Role::client, Role::analyst}));
}

TEST_F(Accounts, a_change_of_activity_leaves_a_role_by_default_what_it_is) {
  auto const boss = admin();
  auto const user = newcomer("2");
  for (bool const is_active : {false, true})
    ASSERT_TRUE(
        await(accounts.change_access(boss, user.id, {.roles = {}, .is_active = is_active}, here)));
  EXPECT_EQ(grant(user, Role::trainer).roles, Roles{Role::trainer});
}

TEST_F(Accounts, granting_tells_the_audit_log_who_before_and_after) {
  auto const boss = admin();
  auto const user = newcomer("2");
  grant(user, Role::trainer, boss.user_id);
  auto const record = last_role_change(user.id);
  EXPECT_EQ(record.actor, boss.user_id);
  EXPECT_EQ(record.target, user.id);
  EXPECT_EQ(record.address, here.address);
  EXPECT_EQ(record.details_json, R"({"after": "trainer", "before": "analyst"})");
}

TEST_F(Accounts, granting_a_role_that_is_held_changes_nothing) {
  auto const user = grant(newcomer("2"), Role::client);
  EXPECT_EQ(grant(user, Role::client).roles, user.roles);
  EXPECT_EQ(count_audit("role_changed"), 1);
  EXPECT_EQ(grant(newcomer("3"), Role::analyst).is_role_by_default, true);
}

TEST_F(Accounts, two_grants_at_once_both_count) {
  auto const user = newcomer("2");
  auto const granting = [&](Role role) {
    return database().run<bool>([&, role](Transaction& tx) -> Task<Result<bool>> {
      co_await accounts.grant_role(tx, user.id, role, {}, here, clock.now());
      co_return true;
    });
  };
  auto const race = [&]() -> Task<bool> {
    auto [client, trainer] = co_await when_all(granting(Role::client), granting(Role::trainer));
    co_return client.has_value() && trainer.has_value();
  };
  EXPECT_TRUE(await(race()));
  EXPECT_EQ(await(accounts.find(user.id))->roles, (Roles{Role::client, Role::trainer}));
}

}  // namespace
}  // namespace insighta::identity
