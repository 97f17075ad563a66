#include "platform/crypto/crypto.hpp"
#include "platform/testing/postgres_test.hpp"
#include "session/session_store.hpp"
#include "session/sessions.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

namespace insighta::portal {
namespace {

using namespace std::chrono_literals;

class SessionStoreTest : public testing::PostgresTest {
 protected:
  SessionStoreTest() {
    postgres::Settings settings;
    settings.connection_string = connection_string("insighta_portal");
    database_.emplace(loop(), settings);
    store_.emplace(*database_, std::string(32, 'k'));
  }
  ~SessionStoreTest() override { loop().run_until_done(database_->close()); }

  Session a_stored_session() {
    Session const session{.id_hash = Sessions::hash_of("cookie"),
                          .user_id = Uuid::v7(now_),
                          .access_token = "access",
                          .refresh_token = "refresh",
                          .access_expires_at = now_ + 3min,
                          .token_version = 0,
                          .preferences = {}};
    await(store_->insert(session, now_, now_ + 24h));
    return session;
  }
  std::optional<Session> found(Session const& session, Instant at) {
    return await(store_->find(session.id_hash, at));
  }
  std::optional<std::string> claimed(Session const& session, std::string key) {
    return await(store_->claim_refresh(session, std::move(key)));
  }

  Instant const now_ = *parse_rfc3339("2026-11-23T12:00:00Z");
  std::optional<postgres::Database> database_;
  std::optional<SessionStore> store_;
};

TEST_F(SessionStoreTest, a_session_is_found_until_it_expires) {
  auto const session = a_stored_session();
  auto const same = found(session, now_ + 24h - 1s);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->access_token, "access");
  EXPECT_EQ(same->refresh_token, "refresh");
  EXPECT_EQ(same->user_id, session.user_id);
  EXPECT_FALSE(found(session, now_ + 24h));
  await(store_->remove_expired(now_ + 24h));
  EXPECT_FALSE(found(session, now_));
}

TEST_F(SessionStoreTest, another_key_opens_nothing) {
  auto const session = a_stored_session();
  SessionStore stranger{*database_, std::string(32, 'x')};
  EXPECT_FALSE(await(stranger.find(session.id_hash, now_)));
}

TEST_F(SessionStoreTest, one_at_a_time_may_refresh) {
  auto const session = a_stored_session();
  EXPECT_EQ(claimed(session, "first"), "first");
  EXPECT_FALSE(claimed(session, "second"));
}

TEST_F(SessionStoreTest, whoever_tries_again_sends_the_same_key) {
  auto const session = a_stored_session();
  EXPECT_EQ(claimed(session, "first"), "first");
  await(store_->release_refresh(session));
  EXPECT_EQ(claimed(session, "second"), "first");
}

TEST_F(SessionStoreTest, a_claim_outlives_no_crash) {
  auto const session = a_stored_session();
  EXPECT_EQ(claimed(session, "first"), "first");
  execute("update portal.sessions set refresh_claimed_until = clock_timestamp() - interval '1 s'");
  EXPECT_EQ(claimed(session, "second"), "first");
}

TEST_F(SessionStoreTest, new_tokens_replace_exactly_the_version_that_was_read) {
  auto session = a_stored_session();
  ASSERT_TRUE(claimed(session, "key"));
  session.refresh_token = "successor";
  session.access_expires_at = now_ + 6min;
  EXPECT_TRUE(await(store_->replace_tokens(session)));
  EXPECT_FALSE(await(store_->replace_tokens(session)));
  EXPECT_FALSE(await(store_->remove_version(session))) << "others have refreshed: it lives";
  auto const current = found(session, now_);
  ASSERT_TRUE(current);
  EXPECT_EQ(current->refresh_token, "successor");
  EXPECT_EQ(current->token_version, 1);
  EXPECT_FALSE(claimed(session, "late")) << "of the version that is gone";
  EXPECT_EQ(claimed(*current, "next"), "next") << "the old key was used up";
  EXPECT_TRUE(await(store_->remove_version(*current)));
  EXPECT_FALSE(found(session, now_));
}

TEST_F(SessionStoreTest, a_sign_in_is_taken_once_by_the_browser_that_began_it) {
  auto const hash = [](std::string_view text) { return Sessions::hash_of(text); };
  await(store_->insert_sign_in(hash("state"), hash("browser"), {"verifier", "/profiles", ""},
                               now_ + 10min));
  EXPECT_FALSE(await(store_->take_sign_in(hash("state"), hash("other"), now_)));
  EXPECT_FALSE(await(store_->take_sign_in(hash("state"), hash("browser"), now_ + 10min)));
  auto const sign_in = await(store_->take_sign_in(hash("state"), hash("browser"), now_));
  ASSERT_TRUE(sign_in);
  EXPECT_EQ(sign_in->verifier, "verifier");
  EXPECT_EQ(sign_in->return_to, "/profiles");
  EXPECT_TRUE(sign_in->previous_session_hash.empty());
  EXPECT_FALSE(await(store_->take_sign_in(hash("state"), hash("browser"), now_)));
}

TEST_F(SessionStoreTest, a_message_waits_for_its_page_and_is_read_once) {
  auto const session = a_stored_session();
  await(store_->add_flash(session.id_hash, "/profiles", {false, "Deleted."}, now_));
  EXPECT_TRUE(found(session, now_)->has_flashes);
  EXPECT_TRUE(await(store_->take_flashes(session.id_hash, "/dashboard")).empty());
  auto const flashes = await(store_->take_flashes(session.id_hash, "/profiles"));
  ASSERT_EQ(flashes.size(), 1U);
  EXPECT_EQ(flashes[0].message, "Deleted.");
  EXPECT_FALSE(found(session, now_)->has_flashes);
  EXPECT_TRUE(await(store_->take_flashes(session.id_hash, "/profiles")).empty());
}

TEST_F(SessionStoreTest, a_message_for_a_session_that_is_gone_is_no_fault) {
  auto const session = a_stored_session();
  await(store_->remove(session.id_hash));
  await(store_->add_flash(session.id_hash, "/profiles", {true, "Too late."}, now_));
}

TEST_F(SessionStoreTest, preferences_belong_to_the_person) {
  auto const session = a_stored_session();
  await(store_->store_preferences(session.user_id, {"Africa/Lagos", "12", "dark"}));
  await(store_->store_preferences(session.user_id, {"Africa/Lagos", "24", "dark"}));
  auto const preferences = found(session, now_)->preferences;
  EXPECT_EQ(preferences.time_zone, "Africa/Lagos");
  EXPECT_EQ(preferences.clock, "24");
  EXPECT_EQ(preferences.appearance, "dark");
}

}  // namespace
}  // namespace insighta::portal
