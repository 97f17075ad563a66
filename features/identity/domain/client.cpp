#include "identity/domain/client.hpp"

#include <algorithm>
#include <array>

namespace insighta::identity {

namespace {

struct GrantWord {
  GrantType grant;
  std::string_view word;
};
constexpr std::array grant_words = {
    GrantWord{GrantType::authorization_code, "authorization_code"},
    GrantWord{GrantType::refresh_token, "refresh_token"},
    GrantWord{GrantType::device_code, "urn:ietf:params:oauth:grant-type:device_code"}};

/// Takes `:1` to `:65535` from the front; true also when there is no port at all.
bool skip_port(std::string_view& rest) {
  if (!rest.starts_with(':')) return true;
  rest.remove_prefix(1);
  std::uint32_t port = 0;
  std::size_t digits = 0;
  while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9' && digits < 6) {
    port = port * 10 + static_cast<std::uint32_t>(rest.front() - '0');
    if (digits == 0 && port == 0) return false;
    rest.remove_prefix(1);
    ++digits;
  }
  return port >= 1 && port <= 65'535;
}

bool matches_any_port(std::string_view registered, std::string_view asked, std::string_view host) {
  if (!registered.starts_with(host) || !asked.starts_with(host)) return false;
  registered.remove_prefix(host.size());
  asked.remove_prefix(host.size());
  return registered.starts_with('/') && skip_port(asked) && asked == registered;
}

}  // namespace

std::string_view to_string(GrantType grant) {
  return std::ranges::find(grant_words, grant, &GrantWord::grant)->word;
}

std::optional<GrantType> parse_grant_type(std::string_view text) {
  auto const* const found = std::ranges::find(grant_words, text, &GrantWord::word);
  if (found == grant_words.end()) return {};
  return found->grant;
}

bool Client::may(GrantType grant) const {
  return std::ranges::find(grants, grant) != grants.end();
}

bool is_registered_redirect(Client const& client, std::string_view redirect_uri) {
  return std::ranges::any_of(client.redirect_uris, [&](std::string_view registered) {
    return registered == redirect_uri ||
           matches_any_port(registered, redirect_uri, "http://127.0.0.1") ||
           matches_any_port(registered, redirect_uri, "http://[::1]");
  });
}

bool is_short_form_redirect(Client const& cli, std::string_view redirect_uri) {
  return is_registered_redirect(cli, redirect_uri) ||
         matches_any_port("http://localhost/callback", redirect_uri, "http://localhost");
}

std::string origin_of(std::string_view url) {
  auto const host = url.find("://") + 3;
  return std::string{url.substr(0, url.find('/', host))};
}

}  // namespace insighta::identity
