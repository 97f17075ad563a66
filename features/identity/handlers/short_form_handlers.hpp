#pragma once

#include "identity/handlers/route.hpp"
#include "identity/services/token_service.hpp"
#include "platform/http/rate_limiter.hpp"

#include <cstdint>
#include <vector>

namespace insighta::identity {

class ClientService;

/// POST /auth/token, /auth/refresh and /auth/logout: the short contract of spec api.md section 2
/// over the same services. They act as client insighta-cli.
class ShortFormHandlers {
 public:
  struct Parts {
    TokenService& tokens;
    ClientService& clients;
    http::RateLimiter& limiter;
    std::int64_t auth_per_minute = 10;        ///< per peer address
    std::int64_t refreshes_per_minute = 600;  ///< per session
  };
  explicit ShortFormHandlers(Parts parts) : parts_(parts) {}

  std::vector<http::Route> routes();

 private:
  Task<http::Response> token(http::Request& request);
  Task<http::Response> refresh(http::Request& request);
  Task<http::Response> logout(http::Request& request);
  Task<Result<void>> charge_address(http::Request const& request);
  Task<Client> cli();

  Parts parts_;
};

}  // namespace insighta::identity
