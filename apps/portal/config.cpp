#include "config.hpp"

#include "platform/config/parse.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/peer_address.hpp"

namespace insighta::portal {

namespace {

using namespace std::chrono_literals;

void read_server(config::Source& source, Config& config) {
  config.url = source.url("portal.url", "http://127.0.0.1:3000");
  config.address = source.text("portal.address", "127.0.0.1");
  config.port = static_cast<std::uint16_t>(source.integer("portal.port", 3000, 0, 65535));
  config.threads = static_cast<std::size_t>(source.integer("portal.threads", 0, 0, 256));
  config.drain_time = source.duration("portal.drain_time", 10s);
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
  // Browsers keep Secure cookies over plain HTTP on these hosts only.
  if (!config.is_tls() && !config::is_loopback_url(config.url))
    source.refuse("portal.url",
                  "TLS, or open it by loopback: browsers drop the session's cookie "
                  "over plain HTTP on any other host");
}

}  // namespace

Config read_config(config::Source& source) {
  Config config;
#ifdef INSIGHTA_DEVELOPMENT
  config.is_development = source.choice("env", "production", {"production", "dev"}) == "dev";
#else
  source.choice("env", "production", {"production"});
#endif
  read_server(source, config);
  config.issuer = source.url("api.issuer", "http://localhost:8080");
  config.api_url = source.url("api.url", config.issuer);
  config.client_secret = source.secret("portal.client_secret");
  config.database_url = source.secret("portal.database_url");
  auto const key = source.secret("portal.session_key");
  if (auto const bytes = crypto::base64url_decode(key.reveal()); bytes && bytes->size() == 32)
    config.session_key = *bytes;
  else if (!key.is_empty())
    source.refuse("portal.session_key", "expected 32 bytes in base64url (43 characters)");
  return config;
}

}  // namespace insighta::portal
