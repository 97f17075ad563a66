#include "site/page_headers.hpp"

#include <string>
#include <utility>

namespace insighta::portal {

void add_page_headers(http::Response& response, Config const& config) {
  static constexpr std::pair<char const*, char const*> headers[] = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; "
       "img-src 'self' https://avatars.githubusercontent.com; connect-src 'self'; "
       "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"Cache-Control", "no-store"},
      // The pages themselves say same-origin in a <meta>: without any referrer Chromium sends the
      // forms of a page with `Origin: null`, which tells nothing.
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"},
  };
  for (auto const& [name, value] : headers)
    if (!response.headers.has(name)) response.headers.set(name, value);
  if (config.is_tls())
    response.headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

}  // namespace insighta::portal
