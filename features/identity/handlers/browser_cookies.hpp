#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <string>
#include <string_view>

namespace insighta::identity {

/// The two cookies of the sign-in pages (spec auth.md section 1). Over plain HTTP, which only
/// loopback may be, browsers share them between ports, so their names carry the port.
class BrowserCookies {
 public:
  explicit BrowserCookies(std::string_view issuer);

  std::string_view session(http::Request const& request) const;
  void set_session(http::Response& response, std::string secret) const;
  void clear_session(http::Response& response) const;

  std::string_view sign_in(http::Request const& request, std::string_view suffix) const;
  void set_sign_in(http::Response& response, std::string_view suffix, std::string secret) const;
  void clear_sign_in(http::Response& response, std::string_view suffix) const;

 private:
  std::string sign_in_name(std::string_view suffix) const;

  std::string session_name_;
  std::string sign_in_prefix_;
};

}  // namespace insighta::identity
