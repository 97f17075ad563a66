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

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/// A name or an address, perhaps with a port, in the one spelling that browsers send. Anybody may
/// listen at localhost, whatever it resolves to.
bool is_https_redirect(std::string_view uri) {
  constexpr std::string_view scheme = "https://";
  if (!uri.starts_with(scheme)) return false;
  uri.remove_prefix(scheme.size());
  auto authority = uri.substr(0, uri.find_first_of("/?"));
  auto const host = authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1)
                                               : authority.substr(0, authority.find(':'));
  auto const name = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
  if (name.empty() || name.front() == '.' || name.back() == '.') return false;
  if (name == "localhost" || name.ends_with(".localhost")) return false;
  bool const is_address = name.size() != host.size();
  authority.remove_prefix(host.size());
  return std::ranges::all_of(
             name, [&](char c) { return is_host_character(c) || (is_address && c == ':'); }) &&
         skip_port(authority) && authority.empty();
}

/// A scheme that is a reversed domain name, so that no two makers meet, and a path: nobody is named
/// as its authority. `com.example.app:/back`
bool is_private_use_redirect(std::string_view uri) {
  auto const scheme = uri.substr(0, uri.find(':'));
  auto const path = uri.substr(std::min(scheme.size() + 1, uri.size()));
  return path.starts_with('/') && !path.starts_with("//") && scheme.contains('.') &&
         scheme.front() >= 'a' && scheme.front() <= 'z' &&
         std::ranges::all_of(scheme, is_host_character);
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
    return is_https_redirect(uri)
               ? std::optional<std::string_view>{}
               : "must have a host in lower case that is not localhost, and no user name";
  if (is_confidential || !is_private_use_redirect(uri)) return "must be an https URL";
  return {};
}

std::string origin_of(std::string_view url) {
  auto const colon = url.find(':');
  if (!url.substr(colon).starts_with("://")) return std::string{url.substr(0, colon + 1)};
  return std::string{url.substr(0, url.find_first_of("/?", colon + 3))};
}

}  // namespace insighta::identity
