#pragma once

#include "identity/domain/client.hpp"
#include "identity/handlers/route.hpp"
#include "identity/services/settings.hpp"
#include "identity/services/token_service.hpp"
#include "platform/http/rate_limiter.hpp"
#include "platform/http/request.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace insighta::identity {

class ClientService;
class DeviceService;
class KeyRing;

/// What programs call: /oauth/token, revoke, introspect, logout-token, metadata and JWKS. Answers
/// as the RFCs say, never in the envelope.
class TokenHandlers {
 public:
  struct Parts {
    TokenService& tokens;
    DeviceService& devices;
    ClientService& clients;
    KeyRing const& keys;
    http::RateLimiter& limiter;
    Settings const& settings;
    std::int64_t auth_per_minute = 10;        ///< per peer address, without client authentication
    std::int64_t client_per_minute = 6000;    ///< per client that authenticates
    std::int64_t refreshes_per_minute = 600;  ///< per session
  };
  explicit TokenHandlers(Parts parts) : parts_(parts) {}

  std::vector<http::Route> routes();

 private:
  /// A form whose client has proved itself.
  struct Call {
    http::Pairs form;
    Client client;
    Origin origin;  ///< the person's, where the client may speak for one
  };
  Task<Result<Call>> authenticated_call(http::Request& request);
  Task<http::Response> token(http::Request& request);
  Task<Result<IssuedTokens>> grant(Call const& call, http::Request const& request);
  Task<Result<IssuedTokens>> redeem(Call const& call, http::Request const& request);
  Task<Result<IssuedTokens>> refresh(Call const& call, http::Request const& request);
  Task<Result<IssuedTokens>> redeem_device(Call const& call);
  Task<http::Response> device_authorization(http::Request& request);
  Task<http::Response> revoke(http::Request& request);
  Task<http::Response> introspect(http::Request& request);
  Task<http::Response> logout_token(http::Request& request);
  Task<Result<void>> charge_address(http::Request const& request);
  /// Lets `issued` through unless it refuses a guess, which the address pays.
  Task<Result<IssuedTokens>> charge_guess(Call const& call, http::Request const& request,
                                          Result<IssuedTokens> issued);
  Task<Result<void>> charge_client(Client const& client, http::Request const& request);

  Parts parts_;
};

}  // namespace insighta::identity
