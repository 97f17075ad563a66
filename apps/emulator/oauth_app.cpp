#include "oauth_app.hpp"

#include "platform/http/request.hpp"

#include <algorithm>

namespace insighta::emulator {

namespace {

struct Location {
  std::string_view host;
  std::string_view port;
  std::string_view path;
};

Location split(std::string_view uri) {
  auto rest = uri.substr(std::min(uri.find("://") + 3, uri.size()));
  auto const slash = std::min(rest.find('/'), rest.size());
  auto authority = rest.substr(0, slash);
  auto path = rest.substr(slash);
  path = path.substr(0, path.find_first_of("?#"));
  auto const bracket = authority.rfind(']');
  auto const colon = authority.rfind(':');
  bool const has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  return {.host = has_port ? authority.substr(0, colon) : authority,
          .port = has_port ? authority.substr(colon + 1) : std::string_view{},
          .path = path};
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool is_at_or_below(std::string_view path, std::string_view base) {
  return path == base || (path.starts_with(base) && path[base.size()] == '/');
}

}  // namespace

bool is_allowed_redirect(std::string_view redirect_uri) {
  if (!redirect_uri.starts_with("http://") && !redirect_uri.starts_with("https://")) return false;
  if (redirect_uri.find('@') != std::string_view::npos ||
      redirect_uri.find('#') != std::string_view::npos ||
      redirect_uri.find("..") != std::string_view::npos)
    return false;
  auto const asked = split(redirect_uri);
  auto const registered = split(registered_callback);
  bool const same_host = asked.host == registered.host ||
                         (is_loopback(asked.host) && is_loopback(registered.host)) ||
                         asked.host.ends_with("." + std::string{registered.host});
  bool const same_port = asked.port == registered.port || is_loopback(asked.host);
  return same_host && same_port && is_at_or_below(asked.path, registered.path);
}

std::string with_query(std::string uri, std::string_view name, std::string_view value) {
  uri += uri.find('?') == std::string::npos ? '?' : '&';
  uri += name;
  uri += '=';
  uri += http::url_encoded(value);
  return uri;
}

}  // namespace insighta::emulator
