#include "identity/services/identity_fixture.hpp"
#include "platform/async/when_all.hpp"

namespace insighta::identity {
namespace {

using namespace std::chrono_literals;

class SigningKeys : public IdentityTest {
 protected:
  std::vector<KeyState> states() {
    std::vector<KeyState> all;
    for (auto const& key : await(key_rotation.list())) all.push_back(key.state);
    return all;
  }
  void pass(std::chrono::seconds time) {
    clock.advance(time);
    await(key_rotation.run());
    await(keys.load(key_store));
  }
  using enum KeyState;
};

TEST_F(SigningKeys, a_key_is_published_signs_is_retired_and_goes) {
  auto const first = keys.current()->signing_kid;
  pass(24h - 601s);
  EXPECT_EQ(states(), (std::vector{signing}));
  pass(1s);
  EXPECT_EQ(states(), (std::vector{signing, published}));
  EXPECT_EQ(keys.current()->signing_kid, first);
  EXPECT_EQ(keys.current()->keys.size(), 2u);
  auto const user = person("1");
  auto const old = sign_in(user);
  pass(600s);
  EXPECT_EQ(states(), (std::vector{retired, signing}));
  EXPECT_NE(keys.current()->signing_kid, first);
  pass(509s);
  EXPECT_EQ(states().size(), 2u);
  pass(1s);
  EXPECT_EQ(states(), (std::vector{signing}));
  EXPECT_EQ(count_audit("keys_rotated"), 2);
}

TEST_F(SigningKeys, what_the_former_key_signed_is_good_until_it_expires) {
  auto const user = person("1");
  await(key_rotation.begin());
  pass(599s);
  auto const issued = sign_in(user);
  pass(1s);
  EXPECT_TRUE(authenticate(issued.access_token));
  EXPECT_TRUE(authenticate(sign_in(user).access_token));
}

TEST_F(SigningKeys, replicas_that_rotate_at_once_make_one_key) {
  KeyRing other_ring{std::string(32, 'k'), false};
  KeyRotation other{{.algorithm = crypto::SignatureAlgorithm::es256},
                    other_ring,
                    key_store,
                    audit,
                    database(),
                    clock};
  clock.advance(24h);
  auto const both = [&]() -> Task<bool> {
    std::vector<Task<bool>> runs;
    auto const run = [](KeyRotation& rotation) -> Task<bool> {
      co_await rotation.run();
      co_return true;
    };
    for (int i = 0; i < 8; ++i) runs.push_back(run(i % 2 == 0 ? key_rotation : other));
    co_await when_all(std::move(runs));
    co_return true;
  };
  EXPECT_TRUE(await(both()));
  EXPECT_EQ(states(), (std::vector{signing, published}));
}

TEST_F(SigningKeys, an_emergency_kills_every_token_and_no_session) {
  auto const user = person("1");
  auto const issued = sign_in(user);
  await(key_rotation.replace_all());
  await(keys.load(key_store));
  EXPECT_EQ(authenticate(issued.access_token).error().code, "INVALID_TOKEN");
  auto const again = refresh(issued.refresh_token);
  ASSERT_TRUE(again);
  EXPECT_TRUE(authenticate(again->access_token));
}

/// Another replica, which has just replaced every key. This one does not know that yet.
class NewKeyElsewhere : public SigningKeys {
 protected:
  NewKeyElsewhere() {
    await(key_rotation.replace_all());
    await(other_keys.load(key_store));
  }

  IssuedTokens sign_in_there(User const& user) {
    return await(
               other.redeem(
                   client(cli_client),
                   {.code = code(user), .code_verifier = verifier, .redirect_uri = {}, .state = {}},
                   here))
        .value();
  }

  KeyRing other_keys{std::string(32, 'k'), false};
  AccessTokens other_tokens{other_keys, key_store, loop(), std::string{issuer}};
  SessionOpener other_opener{settings, other_tokens, sessions, audit};
  TokenService other{settings, other_tokens, other_opener, sessions, sign_ins,
                     users,    audit,        database(),   clock};
};

TEST_F(NewKeyElsewhere, lets_everybody_in_who_comes_with_it_at_once) {
  auto const user = person("1");
  std::vector<std::string> headers;
  for (int i = 0; i < 20; ++i) headers.push_back("Bearer " + sign_in_there(user).access_token);
  auto const all = [&]() -> Task<std::vector<Result<Actor>>> {
    std::vector<Task<Result<Actor>>> calls;
    for (auto const& header : headers) calls.push_back(authenticator.authenticate(header));
    co_return co_await when_all(std::move(calls));
  };
  for (auto const& actor : await(all())) EXPECT_TRUE(actor);
}

TEST_F(NewKeyElsewhere, is_known_to_introspection) {
  auto const token = sign_in_there(person("1")).access_token;
  EXPECT_TRUE(await(tokens.introspect(token)));
}

TEST_F(NewKeyElsewhere, is_known_to_revocation) {
  auto const token = sign_in_there(person("1")).access_token;
  EXPECT_EQ(await(tokens.revoke(client(cli_client), token, here)), true);
  EXPECT_EQ(authenticate(token).error().code, "INVALID_TOKEN");
}

TEST_F(NewKeyElsewhere, does_not_bring_a_dropped_one_back) {
  auto const token =
      sign_in(person("1")).access_token;  // signed here, a moment after the emergency
  await(keys.load(key_store));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(authenticate(token).error().code, "INVALID_TOKEN");
}

TEST_F(SigningKeys, an_rs256_key_signs_tokens_that_this_server_takes) {
  KeyRotation other{
      {.algorithm = crypto::SignatureAlgorithm::rs256}, keys, key_store, audit, database(), clock};
  await(other.replace_all());
  await(keys.load(key_store));
  EXPECT_NE(keys.current()->jwks.find(R"("alg":"RS256")"), std::string::npos);
  EXPECT_TRUE(authenticate(sign_in(person("1")).access_token));
}

}  // namespace
}  // namespace insighta::identity
