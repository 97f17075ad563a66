#pragma once

#include "identity/domain/client.hpp"
#include "identity/domain/consent.hpp"
#include "identity/domain/device_grant.hpp"
#include "identity/domain/session.hpp"
#include "identity/domain/user.hpp"
#include "platform/html/page.hpp"
#include "platform/http/response.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace insighta::identity {

/// The few pages of the authorization server: they work without JavaScript and load nothing from
/// elsewhere. Shared by all threads.
class SignInPages {
 public:
  SignInPages(bool is_development, std::chrono::milliseconds session_life);

  /// What the confirm page says.
  struct Confirmation {
    Client const& client;
    User const& user;
    std::vector<Scope> const& scopes;
    std::string_view address;
    std::string_view ticket;  ///< the csrf_token
    std::string_view redirect_uri;
    std::vector<ReuseNotice> notices;  ///< of sessions that ended meanwhile
  };
  /// "… wants to sign in as @login": Continue or Cancel.
  http::Response confirm(Confirmation const& asked) const;
  /// A device that waits, for the person who decides.
  struct DevicePage {
    Client const& client;
    DeviceGrant const& grant;
    User const& user;
    std::string user_code;
    std::string_view address;  ///< of the person
    std::string_view csrf_token;
    Instant now;
  };
  /// Decline or Approve.
  http::Response device(DevicePage const& asked) const;
  /// A field for the code; `fault` says what was wrong with the last one.
  http::Response type_code(int status, User const& user, std::string_view csrf_token,
                           std::string_view fault) const;
  /// Name and address of each provider.
  http::Response choose(std::vector<std::pair<std::string, std::string>> const& choices) const;
  struct LinkPage {
    User const& user;
    std::string csrf_token;
    std::vector<std::pair<std::string, std::string>> linked;    ///< title and account
    std::vector<std::pair<std::string, std::string>> linkable;  ///< name and title
  };
  http::Response link(LinkPage const& page) const;
  /// A page that goes on by itself: a form may not end at another origin.
  http::Response forward(std::string_view title, std::string_view url) const;
  http::Response message(int status, std::string_view title, std::string_view text) const;

 private:
  /// What every page has; the rest goes into MAIN.
  html::Values frame(std::string_view title) const;
  /// `form_action`: where forms may end besides here, with a space in front.
  http::Response page(int status, html::Values const& values,
                      std::string const& form_action = "") const;

  bool const is_development_;
  std::string const session_life_;
  html::Templates templates_;
};

/// no-store and no-referrer for everything that carries a code or leads to one.
void make_private(http::Response& response);

/// GET /oauth/style.css.
http::Response sign_in_style();

}  // namespace insighta::identity
