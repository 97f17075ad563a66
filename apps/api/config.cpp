#include "config.hpp"

#include "platform/config/parse.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/peer_address.hpp"

#include <algorithm>
#include <charconv>

namespace insighta::api {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view github_web = "https://github.com";
constexpr std::string_view github_api = "https://api.github.com";

/// The host of a URL, without its port.
std::string_view host_of(std::string_view url) {
  auto const start = url.find("://") + 3;
  return url.substr(start, url.find_first_of(":/", start) - start);
}

std::vector<std::int64_t> read_ids(config::Source& source, std::string_view key) {
  std::vector<std::int64_t> ids;
  for (auto const& text : source.list(key)) {
    std::int64_t id = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc{} || end != text.data() + text.size() || id <= 0)
      source.refuse(
          key, "expected the numeric ids of people at the sign-in provider, not '" + text + "'");
    else
      ids.push_back(id);
  }
  return ids;
}

void read_server(config::Source& source, Config& config) {
  config.address = source.text("api.address", "127.0.0.1");
  config.port = static_cast<std::uint16_t>(source.integer("api.port", 8080, 0, 65535));
  config.threads = static_cast<std::size_t>(source.integer("api.threads", 0, 0, 256));
  config.issuer = source.url("api.issuer", "http://localhost:8080");
  config.drain_time = source.duration("api.drain_time", 10s);
  config.trusted_proxies = source.list("http.trusted_proxies");
  for (auto& proxy : config.trusted_proxies) {
    auto const address = http::parse_ip_address(proxy);
    if (!address)
      source.refuse("http.trusted_proxies", "expected IP addresses, not '" + proxy + "'");
    proxy = address.value_or("");
  }
  config.tls_certificate_file = source.text("http.tls_certificate_file", "");
  config.tls_key_file = source.text("http.tls_key_file", "");
  if (config.tls_certificate_file.empty() != config.tls_key_file.empty())
    source.refuse("http.tls_key_file",
                  "the certificate and its key are set together or not at all");
  if (config.issuer.starts_with("http://") && !config::is_loopback_url(config.issuer))
    source.refuse("api.issuer",
                  "sign-in needs TLS: use an https URL, or a loopback one for development");
}

void read_database(config::Source& source, Config& config) {
  config.database_url = source.secret("database.url");
  config.owner_url = source.secret("database.owner_url", "");
  config.migrations_folder = source.text("database.migrations", "/usr/share/insighta/migrations");
}

bool is_provider_name(std::string_view name) {
  return !name.empty() && name.size() <= 20 && name != "github" && name != "github-dev" &&
         name != "deleted" &&
         std::ranges::all_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

void read_openid_providers(config::Source& source, Config& config) {
  for (auto const& name : source.list("oidc.providers")) {
    if (!is_provider_name(name)) {
      source.refuse("oidc.providers", "expected names of small letters, not '" + name + "'");
      continue;
    }
    auto const key = "oidc." + name;
    OpenIdConfig provider{.name = name,
                          .title = source.text(key + "_title", name),
                          .issuer = source.text(key + "_issuer"),
                          .client_id = source.text(key + "_client_id"),
                          .client_secret = source.secret(key + "_client_secret")};
    if (!provider.issuer.starts_with("https://") && !config::is_loopback_url(provider.issuer))
      source.refuse(key + "_issuer", "expected an https URL, or a loopback one for development");
    config.openid_providers.push_back(std::move(provider));
  }
}

void read_sign_in(config::Source& source, Config& config) {
  config.github_client_id = source.text("github.client_id");
  config.github_client_secret = source.secret("github.client_secret");
  config.github_web_base = source.url("github.web_base", std::string{github_web});
  config.github_api_base = source.url("github.api_base", std::string{github_api});
  read_openid_providers(source, config);
  config.bootstrap_admins = read_ids(source, "bootstrap.admin_github_ids");
  config.refresh_idle = source.duration("auth.refresh_idle", 7 * 24h);
  config.session_max = source.duration("auth.session_max", 30 * 24h);
  config.refresh_reuse_leeway = source.duration("auth.refresh_reuse_leeway", 0s);
  config.default_role = source.choice("identity.default_role", "analyst", {"analyst", "none"});

  config.key_rotation = source.duration("auth.key_rotation", 24h);
  if (config.key_rotation < 1h) source.refuse("auth.key_rotation", "expected an hour or more");
  config.signing_algorithm = source.choice("auth.signing_algorithm", "ES256", {"ES256", "RS256"});
  for (auto const& word : source.list("auth.device_flow_denied_roles"))
    if (auto const role = identity::parse_role(word))
      config.device_flow_denied_roles.add(*role);
    else
      source.refuse("auth.device_flow_denied_roles", "expected admin, trainer, client or analyst");

  auto const key = source.secret("auth.key_encryption_key");
  if (auto const bytes = crypto::base64url_decode(key.reveal()); bytes && bytes->size() == 32)
    config.key_encryption_key = *bytes;
  else if (!key.is_empty())
    source.refuse("auth.key_encryption_key", "expected 32 bytes in base64url (43 characters)");

  config.portal_url = source.url("portal.url", "http://127.0.0.1:3000");
  config.portal_client_secret = source.secret("portal.client_secret");
  if (config.portal_url.starts_with("http://") && !config::is_loopback_url(config.portal_url))
    source.refuse("portal.url",
                  "sign-in needs TLS: use an https URL, or a loopback one for development");
}

/// Where people's sign-ins and our secret may go: github.com, or one other host of GitHub's own
/// software with its API.
void check_github(config::Source& source, Config const& config) {
  for (auto const& [key, url] : {std::pair{"github.web_base", config.github_web_base},
                                 std::pair{"github.api_base", config.github_api_base}})
    if (!url.starts_with("https://")) source.refuse(key, "expected an https URL");
  auto const web = host_of(config.github_web_base);
  auto const api = host_of(config.github_api_base);
  bool const is_one_github = web == host_of(github_web)
                                 ? api == host_of(github_api)
                                 : api == web || api == "api." + std::string{web};
  if (!is_one_github)
    source.refuse("github.api_base", "expected the API of the GitHub that github.web_base names");
}

#ifdef INSIGHTA_DEVELOPMENT
/// The emulator lets anybody in as anybody: nothing of this may be in reach of others, and no real
/// secret may be near it.
void check_emulator(config::Source& source, Config const& config) {
  if (!config.is_development) source.refuse("env", "--dev-fake-github needs INSIGHTA_ENV=dev");
  for (auto const& [key, url] :
       {std::pair{"api.issuer", config.issuer}, std::pair{"portal.url", config.portal_url},
        std::pair{"github.web_base", config.github_web_base},
        std::pair{"github.api_base", config.github_api_base}})
    if (!config::is_loopback_url(url))
      source.refuse(key, "--dev-fake-github allows loopback addresses only");
  if (!http::is_loopback_address(config.address))
    source.refuse("api.address", "--dev-fake-github allows loopback addresses only");
  if (config.github_client_id != "insighta-dev")
    source.refuse("github.client_id", "--dev-fake-github knows insighta-dev only");
  if (config.github_client_secret.reveal() != "insighta-dev-secret")
    source.refuse("github.client_secret",
                  "--dev-fake-github takes no secret but the emulator's own");
}
#endif

void read_booking(config::Source& source, Config& config) {
  config.needs_discovery_call = source.boolean("booking.require_discovery_call", true);
  config.stripe_webhook_secret = source.secret("payments.stripe_webhook_secret", "");
}

void read_limits(config::Source& source, Config& config) {
  config.auth_per_minute = source.integer("limits.auth_per_minute", 10, 1, 1'000'000'000);
  config.user_per_minute = source.integer("limits.user_per_minute", 600, 1, 1'000'000'000);
  config.client_per_minute = source.integer("limits.client_per_minute", 6000, 1, 1'000'000'000);
  config.redis_timeout = source.duration("limits.redis_timeout", 100ms);
  auto const redis = source.secret("limits.redis_url", "");
  if (redis.is_empty()) return;
  config.redis = redis::parse_address(redis.reveal());
  if (!config.redis)
    source.refuse("limits.redis_url",
                  "expected redis://[[user]:password@]host[:port][/database] or "
                  "unix://[[user]:password@]/path/of/socket");
}

void read_name_services(config::Source& source, Config& config) {
  config.genderize_base = source.url("genderize.base_url", "https://api.genderize.io");
  config.agify_base = source.url("agify.base_url", "https://api.agify.io");
  config.nationalize_base = source.url("nationalize.base_url", "https://api.nationalize.io");
  config.names_key = source.secret("names.api_key", "");
  config.names_timeout = source.duration("names.timeout", 5s);
}

}  // namespace

Config read_config(config::Source& source, SignIn sign_in) {
  Config config;
#ifdef INSIGHTA_DEVELOPMENT
  config.is_development = source.choice("env", "production", {"production", "dev"}) == "dev";
#else
  source.choice("env", "production", {"production"});
#endif
  read_server(source, config);
  read_database(source, config);
  read_sign_in(source, config);
  read_booking(source, config);
  read_limits(source, config);
  read_name_services(source, config);
#ifdef INSIGHTA_DEVELOPMENT
  if (sign_in == SignIn::emulator) check_emulator(source, config);
#endif
  if (sign_in == SignIn::github) check_github(source, config);
  return config;
}

}  // namespace insighta::api
