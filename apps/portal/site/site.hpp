#pragma once

#include "config.hpp"
#include "platform/clock/clock.hpp"
#include "platform/html/page.hpp"
#include "session/session.hpp"

#include <string>
#include <string_view>

namespace insighta {
class EventLoop;
}

namespace insighta::portal {

class ApiClient;
class AuthorizationServer;
class ImportStore;
class Imports;
class Sessions;
class SessionStore;

/// What every page of the program shares; immutable.
struct Site {
  Config const& config;
  Clock const& clock;
  html::Templates const& templates;
  std::string form_key;  ///< what form tokens are made with

  /// What shows that a form is of this session's pages: `csrf_token` in each. Never twice the same
  /// text, so that the length of a compressed page tells nothing about it. For an upload, which is
  /// not read before it is passed on, it stands in the URL and is good for that one import only.
  std::string form_token(Session const& session, std::string_view import_id = "") const;
  bool is_form_token(std::string_view text, Session const& session,
                     std::string_view import_id = "") const;
  std::string session_cookie_name() const;
  std::string sign_in_cookie_prefix() const;
};

/// What pages work with on one event loop.
struct Backend {
  EventLoop& loop;
  ApiClient& api;
  AuthorizationServer& server;
  Sessions& sessions;
  SessionStore& store;
  Imports& imports;
};

}  // namespace insighta::portal
