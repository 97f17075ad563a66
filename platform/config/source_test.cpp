#include "platform/config/source.hpp"

#include "platform/config/parse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace insighta::config {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Variables = std::map<std::string, std::string>;

class ConfigSource : public ::testing::Test {
 protected:
  std::string write(std::string const& name, std::string const& text) {
    auto const path = ::testing::TempDir() + "config_" + name;
    std::ofstream{path} << text;
    return path;
  }

  Source load(std::string const& toml, Variables variables = {}) {
    variables_ = std::move(variables);
    return Source::load(toml.empty() ? "" : write("file.toml", toml),
                        [this](char const* name) -> char const* {
                          auto const it = variables_.find(name);
                          return it == variables_.end() ? nullptr : it->second.c_str();
                        });
  }

  Variables variables_;
};

TEST_F(ConfigSource, reads_tables_and_lets_the_environment_win) {
  auto source =
      load("env = 'dev'\n[api]\nport = 81\naddress = '::1'\n", {{"INSIGHTA_API_PORT", "82"}});
  EXPECT_EQ(source.choice("env", "production", {"production", "dev"}), "dev");
  EXPECT_EQ(source.integer("api.port", 8080, 0, 65535), 82);
  EXPECT_EQ(source.text("api.address"), "::1");
  EXPECT_THAT(source.report(), IsEmpty());
}

TEST_F(ConfigSource, tells_every_fault_at_once) {
  auto source = load("[api]\nport = 70000\nprot = 1\nissuer = 'ftp://x'\n[auth]\nidle = 'soon'\n");
  source.integer("api.port", 8080, 0, 65535);
  source.url("api.issuer", "http://localhost");
  source.duration("auth.idle", 1s);
  source.text("github.client_id");
  source.secret("portal.client_secret");
  EXPECT_THAT(source.report(),
              ElementsAre(HasSubstr("api.port: expected a whole number from 0 to 65535"),
                          HasSubstr("api.issuer: expected an http or https URL"),
                          HasSubstr("auth.idle: expected a duration"),
                          HasSubstr("INSIGHTA_GITHUB_CLIENT_ID"),
                          HasSubstr("INSIGHTA_PORTAL_CLIENT_SECRET_FILE"),
                          HasSubstr("api.prot: no such setting")));
}

TEST_F(ConfigSource, reads_a_secret_from_its_file_without_the_newline) {
  auto const path = write("secret", "hush\n");
  auto source = load("", {{"INSIGHTA_DATABASE_URL_FILE", path}});
  EXPECT_EQ(source.secret("database.url").reveal(), "hush");
  EXPECT_THAT(source.report(), IsEmpty());
}

TEST_F(ConfigSource, refuses_a_secret_given_twice_and_never_shows_it) {
  auto source = load("[a]\nkey = 'hush'\nkey_file = '/nowhere'\n");
  EXPECT_TRUE(source.secret("a.key").is_empty());
  EXPECT_THAT(source.report(), ElementsAre("a.key: set it or a.key_file, not both"));
}

TEST_F(ConfigSource, a_broken_file_is_told_with_its_line) {
  auto source = load("[api]\nport = \n");
  EXPECT_THAT(source.report(), ElementsAre(HasSubstr("line 2")));
  EXPECT_THAT(
      Source::load("/nowhere/x.toml", [](char const*) -> char const* { return nullptr; }).report(),
      ElementsAre("/nowhere/x.toml: cannot be read"));
}

TEST_F(ConfigSource, lists_come_from_arrays_and_from_commas) {
  auto source = load("[bootstrap]\nids = [1, 'two']\n", {{"INSIGHTA_HTTP_PROXIES", " a, b,,"}});
  EXPECT_THAT(source.list("bootstrap.ids"), ElementsAre("1", "two"));
  EXPECT_THAT(source.list("http.proxies"), ElementsAre("a", "b"));
}

TEST(ConfigParse, durations) {
  EXPECT_EQ(parse_duration("250ms"), 250ms);
  EXPECT_EQ(parse_duration("90"), 90s);
  EXPECT_EQ(parse_duration("15m"), 15min);
  EXPECT_EQ(parse_duration("8h"), 8h);
  EXPECT_EQ(parse_duration("7d"), 168h);
  for (auto const* bad : {"", "s", "-1s", "1.5h", "1w", "99999999999999d", "1 s"})
    EXPECT_FALSE(parse_duration(bad)) << bad;
}

TEST(ConfigParse, base_urls) {
  for (auto const* good : {"http://localhost:8080", "https://a.example/base", "http://[::1]:1"})
    EXPECT_TRUE(is_base_url(good)) << good;
  for (auto const* bad : {"", "localhost", "http://", "http:///x", "https://u@h", "https://h?q",
                          "https://h#f", "https://h /"})
    EXPECT_FALSE(is_base_url(bad)) << bad;
}

}  // namespace
}  // namespace insighta::config
