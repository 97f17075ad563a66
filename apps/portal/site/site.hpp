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

  /// Secret of a session's forms; in each of them as `csrf_token`.
  std::string form_token(Session const& session) const;
  /// The same for one upload, which is not read before it is passed on: it stands in the URL of the
  /// form and is good for that one import only.
  std::string upload_token(Session const& session, std::string_view import_id) const;
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
