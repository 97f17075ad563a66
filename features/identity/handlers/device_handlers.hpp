#pragma once

#include "identity/handlers/authorize_handlers.hpp"
#include "identity/services/device_service.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::identity {

/// /oauth/device: where a person types the code that a device shows, sees who asks, and approves or
/// declines (RFC 8628 section 3.3, spec auth.md section 2). A GET approves nothing.
class DeviceHandlers {
 public:
  struct Parts {
    DeviceService& devices;
    SignInService& sign_ins;
    AuthorizeHandlers& authorize;
    SignInPages const& pages;
    Settings const& settings;
    Clock const& clock;
  };
  explicit DeviceHandlers(Parts parts) : parts_(parts), cookies_(parts.settings.issuer) {}

  std::vector<http::Route> routes();

 private:
  Task<http::Response> show(http::Request& request);
  Task<http::Response> answer(http::Request& request);
  /// The page for a code, or for typing one.
  Task<http::Response> page_for(std::string const& user_code, DeviceVisitor const& visitor);
  Task<std::optional<DeviceVisitor>> visitor_of(http::Request const& request);
  Task<http::Response> sign_in_first(std::string const& user_code, http::Request const& request);
  http::Response refused(Error const& error, DeviceVisitor const& visitor) const;

  Parts parts_;
  BrowserCookies cookies_;
};

}  // namespace insighta::identity
