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

constexpr std::size_t max_redirect_size = 2'000;

/// Of a URL, and nothing that a browser would read in another way.
bool is_plain(char c) {
  return c > ' ' && c < 0x7f && std::string_view{"#*\\\"<>^`{|}"}.find(c) == std::string_view::npos;
}

bool is_loopback_redirect(std::string_view uri) {
  for (std::string_view const host : {"http://127.0.0.1", "http://[::1]"}) {
    auto rest = uri;
    if (!rest.starts_with(host)) continue;
    rest.remove_prefix(host.size());
    return skip_port(rest) && rest.starts_with('/');
  }
  return false;
}

bool is_https_redirect(std::string_view uri) {
  constexpr std::string_view scheme = "https://";
  if (!uri.starts_with(scheme)) return false;
  uri.remove_prefix(scheme.size());
  auto const authority = uri.substr(0, uri.find_first_of("/?"));
  return !authority.empty() && authority.front() != ':' && !authority.contains('@');
}

/// A reversed domain name, so that no two makers meet: com.example.app.
bool is_private_use_scheme(std::string_view scheme) {
  return scheme.contains('.') && scheme.front() >= 'a' && scheme.front() <= 'z' &&
         std::ranges::all_of(scheme, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
         });
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

bool Client::may_ask(std::vector<Scope> const& wanted) const {
  return std::ranges::all_of(
      wanted, [&](Scope scope) { return std::ranges::find(scopes, scope) != scopes.end(); });
}

bool is_registered_redirect(Client const& client, std::string_view redirect_uri) {
  return std::ranges::any_of(client.redirect_uris, [&](std::string_view registered) {
    return registered == redirect_uri ||
           (!client.is_confidential &&
            (matches_any_port(registered, redirect_uri, "http://127.0.0.1") ||
             matches_any_port(registered, redirect_uri, "http://[::1]")));
  });
}

bool is_short_form_redirect(Client const& cli, std::string_view redirect_uri) {
  return is_registered_redirect(cli, redirect_uri) ||
         matches_any_port("http://localhost/callback", redirect_uri, "http://localhost");
}

std::optional<std::string_view> fault_of_redirect(std::string_view uri, bool is_confidential) {
  if (uri.empty() || uri.size() > max_redirect_size) return "must have 1 to 2000 characters";
  if (!std::ranges::all_of(uri, is_plain)) return "must be a URL without fragment or wildcard";
  if (is_loopback_redirect(uri)) return {};
  if (uri.starts_with("http:"))
    return "must be https, or http at 127.0.0.1 or [::1]; localhost is not enough";
  if (uri.starts_with("https:"))
    return is_https_redirect(uri) ? std::optional<std::string_view>{}
                                  : "must have a host, and no user name";
  if (is_confidential || !is_private_use_scheme(uri.substr(0, uri.find(':'))))
    return "must be an https URL";
  return {};
}

std::string origin_of(std::string_view url) {
  auto const slashes = url.find("://");
  if (slashes == url.npos) return std::string{url.substr(0, url.find(':') + 1)};
  return std::string{url.substr(0, url.find_first_of("/?", slashes + 3))};
}

}  // namespace insighta::identity
