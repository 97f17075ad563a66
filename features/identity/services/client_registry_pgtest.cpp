#include "identity/services/identity_fixture.hpp"
#include "platform/async/when_all.hpp"

namespace insighta::identity {
namespace {

constexpr auto redirect = "https://app.example/back";

class Clients : public IdentityTest {
 protected:
  Actor boss() {
    return authenticate(sign_in(person("admin", {Role::admin})).access_token).value();
  }

  static NewClient confidential() {
    return {.name = "App",
            .is_confidential = true,
            .redirect_uris = {redirect},
            .grants = {GrantType::authorization_code, GrantType::refresh_token},
            .scopes = {Scope::read, Scope::write}};
  }

  RegisteredClient registered() {
    return await(registry.add(boss(), confidential(), here)).value();
  }

  PendingRequest asking(Client const& client, std::vector<Scope> scopes) {
    auto pending = request(client.id);
    pending.scopes = std::move(scopes);
    return pending;
  }
};

TEST_F(Clients, a_secret_is_known_once_and_kept_as_its_hash) {
  auto const added = registered();
  EXPECT_TRUE(added.secret->starts_with("ics_"));
  auto const found = client(added.client.id);
  EXPECT_EQ(found.secret_hash, hash_of(*added.secret));
  EXPECT_TRUE(await(client_service.authenticate({.id = found.id, .secret = added.secret})));
  EXPECT_FALSE(await(client_service.authenticate({.id = found.id, .secret = "wrong"})));
  EXPECT_FALSE(await(client_service.authenticate({.id = found.id, .secret = {}})));
}

TEST_F(Clients, a_new_secret_ends_the_old_one) {
  auto const added = registered();
  auto const changed = await(registry.change(
      boss(), added.client.id,
      {.name = {}, .redirect_uris = {}, .scopes = {}, .rotates_secret = true}, here));
  EXPECT_FALSE(await(client_service.authenticate({.id = added.client.id, .secret = added.secret})));
  EXPECT_TRUE(
      await(client_service.authenticate({.id = added.client.id, .secret = changed->secret})));
  EXPECT_EQ(count_audit("client_secret_rotated"), 1);
}

TEST_F(Clients, what_cannot_be_registered_is_named) {
  auto wanted = confidential();
  wanted.redirect_uris = {redirect, "http://app.example/back"};
  auto const refused = await(registry.add(boss(), wanted, here));
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_EQ(refused.error().fields.front().field, "redirect_uris[1]");
}

TEST_F(Clients, a_name_is_what_a_reader_sees) {
  for (std::string const& name :
       {std::string{}, std::string{" App"}, std::string{"App\u202e"}, std::string(101, 'a')}) {
    auto wanted = confidential();
    wanted.name = name;
    EXPECT_EQ(await(registry.add(boss(), wanted, here)).error().fields.front().field, "name");
  }
}

TEST_F(Clients, sessions_that_may_do_too_much_end_when_scopes_are_taken_away) {
  auto const user = person("2");
  auto const app = registered().client;
  auto const issued = sign_in(user, app.id);
  auto const pending = asking(app, app.scopes);
  auto const unused = code(user, app.id);
  EXPECT_TRUE(await(registry.change(
      boss(), app.id,
      {.name = {}, .redirect_uris = {}, .scopes = {{Scope::read}}, .rotates_secret = false},
      here)));
  EXPECT_FALSE(authenticate(issued.access_token));
  EXPECT_EQ(reason(redeem(unused, app.id)), "revoked");
  EXPECT_FALSE(await(authorization.client_of(pending)));
  EXPECT_TRUE(authenticate(sign_in(user, app.id).access_token));
}

TEST_F(Clients, a_request_that_waited_goes_only_where_it_still_may) {
  auto const app = registered().client;
  auto pending = asking(app, {Scope::read});
  pending.redirect_uri = redirect;
  EXPECT_TRUE(await(authorization.client_of(pending)));
  EXPECT_TRUE(await(registry.change(boss(), app.id,
                                    {.name = {},
                                     .redirect_uris = {{"https://app.example/other"}},
                                     .scopes = {},
                                     .rotates_secret = false},
                                    here)));
  EXPECT_FALSE(await(authorization.client_of(pending)));
}

TEST_F(Clients, have_no_session_without_consent) {
  auto const user = person("2");
  auto const app = registered().client;
  auto const outcome = [&](std::vector<Scope> scopes) {
    auto const asked = asking(app, std::move(scopes));
    return reason(redeem(await(authorization.issue_code(asked, user, clock.now())), app.id));
  };
  EXPECT_EQ(outcome({Scope::read}), "revoked");
  await(consents.remember(user.id, app, {Scope::read}, here));
  EXPECT_EQ(outcome({Scope::read}), "granted");
  EXPECT_EQ(outcome({Scope::read, Scope::write}), "revoked");
}

TEST_F(Clients, no_session_survives_the_end_of_a_consent) {
  auto const user = person("2");
  auto const actor = authenticate(sign_in(user).access_token).value();
  auto const app = registered().client;
  auto const signing_in = [&](std::string with_code) -> Task<bool> {
    CodeRedemption const redemption{
        .code = with_code, .code_verifier = verifier, .redirect_uri = {}, .state = {}};
    co_return (co_await tokens.redeem(app, redemption, here)).has_value();
  };
  auto const race = [&](std::string with_code) -> Task<bool> {
    auto [redeemed, revoked] =
        co_await when_all(signing_in(std::move(with_code)), consents.revoke(actor, app.id, here));
    co_return revoked.has_value();
  };
  for (int round = 0; round < 30; ++round) {
    EXPECT_TRUE(await(race(code(user, app.id))));
    EXPECT_EQ(await(sessions.list(user.id, clock.now())).size(), 1u);
  }
}

TEST_F(Clients, the_products_own_cannot_be_changed) {
  auto const refused = await(registry.remove(boss(), portal_client, here));
  EXPECT_EQ(refused.error().code, "FIRST_PARTY_CLIENT");
}

TEST_F(Clients, no_session_survives_the_removal_of_its_client) {
  auto const user = person("2");
  auto const admin = boss();
  for (int round = 0; round < 30; ++round) {
    auto const added = await(registry.add(admin, confidential(), here)).value();
    auto const redeeming = [&](std::string with_code) -> Task<bool> {
      CodeRedemption const redemption{
          .code = with_code, .code_verifier = verifier, .redirect_uri = {}, .state = {}};
      co_return (co_await tokens.redeem(added.client, redemption, here)).has_value();
    };
    auto const race = [&](std::string with_code) -> Task<bool> {
      auto [redeemed, removed] = co_await when_all(redeeming(std::move(with_code)),
                                                   registry.remove(admin, added.client.id, here));
      co_return removed.has_value();
    };
    EXPECT_TRUE(await(race(code(user, added.client.id))));
    EXPECT_TRUE(await(sessions.list(user.id, clock.now())).empty());
  }
}

TEST_F(Clients, consent_is_asked_for_once_and_again_for_more) {
  auto const user = person("2");
  auto const app = registered().client;
  auto const little = asking(app, {Scope::read});
  auto const more = asking(app, {Scope::read, Scope::write});
  EXPECT_TRUE(await(consents.needs_page(user.id, app, little)));
  await(consents.remember(user.id, app, little.scopes, here));
  EXPECT_FALSE(await(consents.needs_page(user.id, app, little)));
  EXPECT_TRUE(await(consents.needs_page(user.id, app, more)));
  await(consents.remember(user.id, app, {Scope::write}, here));
  EXPECT_FALSE(await(consents.needs_page(user.id, app, more)));
  EXPECT_TRUE(await(consents.needs_page(user.id, client(cli_client), request(cli_client))));
  EXPECT_FALSE(await(consents.needs_page(user.id, client(portal_client), request(portal_client))));
}

TEST_F(Clients, whoever_disconnects_an_application_ends_its_sessions) {
  auto const user = person("2");
  auto const app = registered().client;
  await(consents.remember(user.id, app, {Scope::read}, here));
  auto const own = sign_in(user);
  auto const issued = sign_in(user, app.id);
  auto const unused = code(user, app.id);
  auto const actor = authenticate(own.access_token).value();
  EXPECT_EQ(await(consents.list(actor)).size(), 1u);
  EXPECT_TRUE(await(consents.revoke(actor, app.id, here)));
  EXPECT_FALSE(authenticate(issued.access_token));
  EXPECT_EQ(reason(redeem(unused, app.id)), "unknown");
  EXPECT_TRUE(authenticate(own.access_token));
  EXPECT_EQ(await(consents.revoke(actor, app.id, here)).error().kind, ErrorKind::not_found);
}

TEST_F(Clients, a_reuse_is_told_once) {
  auto const user = person("2");
  auto const issued = sign_in(user);
  EXPECT_TRUE(refresh(issued.refresh_token));
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "reused");
  auto const notices = await(consents.tell_reuse(user.id));
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices.front().client_name, "Insighta CLI");
  EXPECT_EQ(notices.front().other_address, here.address);
  EXPECT_TRUE(await(consents.tell_reuse(user.id)).empty());
}

TEST_F(Clients, a_program_that_tells_of_a_reuse_says_so) {
  auto const user = person("2");
  auto const issued = sign_in(user);
  EXPECT_TRUE(refresh(issued.refresh_token));
  EXPECT_EQ(reason(refresh(issued.refresh_token)), "reused");
  auto const actor = authenticate(sign_in(user).access_token).value();
  auto const notices = await(consents.list_reuses(actor));
  ASSERT_EQ(notices.size(), 1u);
  auto const ended = notices.front().session_id;
  EXPECT_FALSE(await(consents.dismiss_reuse(boss(), ended)));
  EXPECT_TRUE(await(consents.dismiss_reuse(actor, ended)));
  EXPECT_TRUE(await(consents.list_reuses(actor)).empty());
  EXPECT_EQ(await(consents.dismiss_reuse(actor, ended)).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace insighta::identity
