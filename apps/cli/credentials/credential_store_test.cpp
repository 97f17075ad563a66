#include "credentials/credential_store.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace insighta::cli {
namespace {

/// A home of its own for each test.
class CredentialFiles : public testing::Test {
 protected:
  CredentialFiles() {
    std::string name = (std::filesystem::temp_directory_path() / "insighta-XXXXXX").string();
    home_ = mkdtemp(name.data());
  }
  ~CredentialFiles() override { std::filesystem::remove_all(home_); }

  std::filesystem::path folder() const { return home_ / ".insighta"; }
  std::filesystem::path file() const { return folder() / "credentials.json"; }
  CredentialStore store() const { return CredentialStore(folder()); }
  mode_t mode_of(std::filesystem::path const& path) const {
    struct stat facts{};
    stat(path.c_str(), &facts);
    return facts.st_mode & 0777U;
  }
  void save(std::string const& issuer) const {
    auto const lock = store().lock();
    ASSERT_TRUE(lock);
    Credentials const entry{.access_token = "a", .refresh_token = "r", .user_json = "{\"id\":1}"};
    ASSERT_TRUE(store().save(*lock, {{issuer, entry}}));
  }

 private:
  std::filesystem::path home_;
};

TEST_F(CredentialFiles, are_empty_before_the_first_sign_in) {
  auto const loaded = store().load();
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->empty());
}

TEST_F(CredentialFiles, come_back_as_saved_and_private) {
  save("http://localhost:8080");
  auto const loaded = store().load();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->at("http://localhost:8080").refresh_token, "r");
  EXPECT_EQ(loaded->at("http://localhost:8080").user_json, "{\"id\":1}");
  EXPECT_EQ(mode_of(file()), 0600U);
  EXPECT_EQ(mode_of(folder()), 0700U);
}

TEST_F(CredentialFiles, are_closed_to_others_again) {
  save("http://localhost:8080");
  chmod(file().c_str(), 0644);
  EXPECT_TRUE(store().load());
  EXPECT_EQ(mode_of(file()), 0600U);
}

TEST_F(CredentialFiles, that_are_links_are_refused) {
  save("http://localhost:8080");
  std::filesystem::rename(file(), folder() / "elsewhere");
  std::filesystem::create_symlink(folder() / "elsewhere", file());
  auto const loaded = store().load();
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("symbolic link"), std::string::npos);
}

TEST_F(CredentialFiles, that_are_damaged_say_what_to_do) {
  save("http://localhost:8080");
  std::ofstream(file()) << "{";
  auto const loaded = store().load();
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("insighta login"), std::string::npos);
}

TEST_F(CredentialFiles, keep_the_key_of_an_attempt_for_the_same_token) {
  auto const lock = store().lock();
  ASSERT_TRUE(lock);
  auto const first = store().refresh_attempt(*lock, "token");
  ASSERT_TRUE(first);
  EXPECT_EQ(store().refresh_attempt(*lock, "token"), *first);
  EXPECT_NE(store().refresh_attempt(*lock, "another token"), *first);
  EXPECT_EQ(mode_of(folder() / "refresh.pending"), 0600U);
  store().forget_refresh_attempt(*lock);
  EXPECT_NE(store().refresh_attempt(*lock, "token"), *first);
}

TEST(Credentials, remember_where_somebody_signed_in_last) {
  CredentialsByIssuer const all{{"http://a", {.signed_in_at = Instant{std::chrono::seconds{20}}}},
                                {"http://b", {.signed_in_at = Instant{std::chrono::seconds{10}}}}};
  EXPECT_EQ(CredentialStore::last_issuer(all), "http://a");
  EXPECT_EQ(CredentialStore::last_issuer({}), std::nullopt);
}

}  // namespace
}  // namespace insighta::cli
