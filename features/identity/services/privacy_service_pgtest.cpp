#include "identity/services/identity_fixture.hpp"
#include "identity/services/personal_records.hpp"
#include "platform/async/when_all.hpp"

#include <stdexcept>

namespace insighta::identity {
namespace {

class Privacy : public IdentityTest {
 protected:
  Actor signed_in(std::string const& subject, Roles roles = {Role::analyst}) {
    return authenticate(sign_in(person(subject, roles)).access_token).value();
  }
};

TEST_F(Privacy, everything_kept_of_a_person_is_handed_out) {
  auto const actor = signed_in("2");
  auto const document = await(privacy.collect(actor));
  EXPECT_NE(document.find("login-2"), std::string::npos);
  EXPECT_NE(document.find(here.address), std::string::npos);
  EXPECT_NE(document.find(R"("action": "sign_in")"), std::string::npos);
  EXPECT_EQ(document.find("login-1"), std::string::npos);
}

TEST_F(Privacy, a_deleted_person_leaves_a_pseudonym) {
  auto const user = person("2");
  auto const issued = sign_in(user);
  auto const actor = authenticate(issued.access_token).value();
  EXPECT_TRUE(await(privacy.forget(actor, here)));
  EXPECT_FALSE(authenticate(issued.access_token));
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "unknown");
  auto const left = await(accounts.find(user.id)).value();
  EXPECT_TRUE(left.account.login.starts_with("deleted-"));
  EXPECT_FALSE(left.is_active);
  auto const document = await(privacy.collect(actor));
  EXPECT_EQ(document.find("login-2"), std::string::npos);
  EXPECT_EQ(document.find(here.address), std::string::npos);
  EXPECT_NE(person("2").id, user.id);
  EXPECT_EQ(count_audit("account_deleted"), 1);
}

/// What another feature keeps; forgetting fails when it is told to.
class Elsewhere : public PersonalRecords {
 public:
  std::string_view name() const override { return "elsewhere"; }
  Task<std::string> collect(UserId person) override {
    co_return "[\"" + person.to_string() + "\"]";
  }
  Task<void> forget(Transaction&, UserId person, Instant) override {
    if (fails) throw std::runtime_error("planted");
    forgotten.push_back(person);
    co_return;
  }

  bool fails = false;
  std::vector<UserId> forgotten;
};

TEST_F(Privacy, includes_what_other_features_keep) {
  Elsewhere elsewhere;
  privacy.include(elsewhere);
  auto const actor = signed_in("2");
  auto const document = await(privacy.collect(actor));
  EXPECT_TRUE(document.ends_with(", \"elsewhere\": [\"" + actor.user_id.to_string() + "\"]}"));
  elsewhere.fails = true;
  EXPECT_THROW(await(privacy.forget(actor, here)), std::runtime_error);
  EXPECT_TRUE(await(accounts.find(actor.user_id))->is_active);
  elsewhere.fails = false;
  EXPECT_TRUE(await(privacy.forget(actor, here)));
  EXPECT_EQ(elsewhere.forgotten, std::vector{actor.user_id});
}

TEST_F(Privacy, the_last_admin_stays) {
  auto const actor = signed_in("1", {Role::admin});
  EXPECT_EQ(await(privacy.forget(actor, here)).error().code, "LAST_ADMIN");
  EXPECT_TRUE(await(accounts.find(actor.user_id))->is_active);
}

TEST_F(Privacy, two_admins_who_leave_at_once_leave_one) {
  for (int round = 0; round < 25; ++round) {
    auto const one = signed_in("a" + std::to_string(round), {Role::admin});
    auto const other = signed_in("b" + std::to_string(round), {Role::admin});
    auto const race = [&]() -> Task<int> {
      auto [first, second] = co_await when_all(
          privacy.forget(one, here),
          accounts.change_access(other, other.user_id, {.roles = Roles{}, .is_active = {}}, here));
      co_return (first ? 1 : 0) + (second ? 1 : 0);
    };
    EXPECT_EQ(await(race()), round == 0 ? 1 : 2);
    auto const admins = await(accounts.list(Role::admin, {}, 10, 0)).users;
    EXPECT_EQ(admins.size(), 1u);
  }
}

TEST_F(Privacy, everybody_is_signed_out_at_once) {
  auto const boss = signed_in("1", {Role::admin});
  auto const user = person("2");
  auto const issued = sign_in(user);
  auto const unused = code(user);
  EXPECT_EQ(await(accounts.end_sessions_of_everybody(boss, here)), 2);
  EXPECT_FALSE(authenticate(issued.access_token));
  EXPECT_EQ(reason(redeem(unused)), "unknown");
  EXPECT_TRUE(sign_in(user).access_token.size() > 0);
}

TEST_F(Privacy, the_log_is_searched_and_read_in_pieces) {
  auto const boss = signed_in("1", {Role::admin});
  for (int i = 0; i < 3; ++i) signed_in("2");
  AuditFilter const filter{.action = {}, .user = {}, .from = {}, .to = {}, .text = "LOGIN-2"};
  EXPECT_EQ(await(accounts.audit(filter, 10, 0)).total, 3);
  auto const first = await(audit.list_before(filter, {}, 2));
  ASSERT_EQ(first.size(), 2u);
  auto const rest = await(audit.list_before(filter, first.back(), 2));
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_NE(rest.front().id, first.back().id);
}

}  // namespace
}  // namespace insighta::identity
