#pragma once

#include "backend/answers.hpp"
#include "backend/authorization_server.hpp"
#include "platform/async/task.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "site/site.hpp"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace insighta::portal {

/// One request for a page, with who asks. Lives until the page was made.
struct Visit {
  Site const& site;
  Backend& backend;
  http::Request& request;
  http::Pairs query = {};
  http::Pairs form = {};  ///< of a POST, checked to come from this site
  std::optional<Session> session = {};
  Person person = {};  ///< known after load_person()
  std::vector<Flash> flashes = {};

  /// The token for calls of the API; a session is there on every page that needs one.
  std::string const& token() const { return session->access_token; }
  Visitor visitor() const {
    return {.address = request.peer_address,
            .user_agent = std::string{request.header("User-Agent")}};
  }
  Preferences preferences() const { return session ? session->preferences : Preferences{}; }

  /// Asks the API who this is; to be awaited beside the page's own call.
  Task<Result<void>> load_person();
  /// The same for pages of admins: 403 for everyone else.
  Task<Result<void>> require_admin();
  /// Shows `message` on the next visit of `target`, then goes there.
  Task<http::Response> leave_for(std::string target, std::string message, bool is_failure = false);
};

enum class Access {
  open,       ///< everyone
  signed_in,  ///< a session whose tokens are fresh
  leaving,    ///< a session, whatever its tokens are worth
  upload,     ///< signed in; the body is the handler's and so is the check of its token
};

using PageHandler = std::function<Task<Result<http::Response>>(Visit&)>;

struct PageRoute {
  http::Method method;
  std::string_view pattern;
  Access access;
  PageHandler handler;
};

}  // namespace insighta::portal
