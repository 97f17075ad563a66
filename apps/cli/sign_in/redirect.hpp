#pragma once

#include <string>
#include <string_view>

namespace insighta::cli {

/// What the redirect back from the server must carry.
struct ExpectedRedirect {
  std::string authority;  ///< host and port of the listener, as in its redirect URI
  std::string state;
  std::string issuer;
};

enum class RedirectKind {
  done_page,     ///< GET /done, where the browser goes after a redeemed code
  elsewhere,     ///< another path
  wrong_method,  ///< anything but GET
  wrong_host,    ///< a page of another site that resolves its name to this computer
  unreadable,
  wrong_state,   ///< missing, repeated or not ours: answered, then forgotten
  wrong_issuer,  ///< our state from another server: the sign-in is over (RFC 9207)
  refused,       ///< the server says no: `error`
  code,
};

struct Redirect {
  RedirectKind kind = RedirectKind::unreadable;
  std::string code = {};
  std::string error = {};
  std::string description = {};
};

/// Reads the head of a request to the listener.
Redirect read_request(std::string_view head, ExpectedRedirect const& expected);

/// Reads the address that a person copied from the browser.
Redirect read_pasted_url(std::string_view url, ExpectedRedirect const& expected);

}  // namespace insighta::cli
