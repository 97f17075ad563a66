#pragma once

#include "identity/services/id_token.hpp"
#include "identity/services/provider.hpp"
#include "platform/clock/clock.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace insighta::http {
class Client;
}

namespace insighta::identity {

struct OpenIdSettings {
  std::string name;    ///< of the configuration
  std::string title;   ///< for people
  std::string issuer;  ///< exactly as the provider writes it
  std::string client_id;
  std::string client_secret;
  std::string callback;  ///< registered there
};

/// Sign-in at any OpenID Connect provider, found by discovery (OpenID Connect Discovery section 4).
/// One per event loop. Its document and keys are kept for a while; keys are read again when a token
/// names an unknown one, every 30 seconds at most, and good ones are kept while it is away.
class OpenIdProvider final : public Provider {
 public:
  OpenIdProvider(http::Client& client, OpenIdSettings settings, Clock const& clock);
  ~OpenIdProvider() override;

  std::string const& name() const override { return settings_.name; }
  std::string const& title() const override { return settings_.title; }
  Task<Result<std::string>> authorize_url(ProviderQuestion question) override;
  Task<Result<ProviderAccount>> redeem(ProviderAnswer answer) override;

 private:
  using Moment = std::chrono::steady_clock::time_point;

  /// The part of the discovery document that we use.
  struct Endpoints {
    std::string authorization;
    std::string token;
    std::string jwks;
    bool sends_issuer = false;  ///< authorization_response_iss_parameter_supported
    bool takes_basic = true;    ///< else the secret goes into the body
  };

  Task<Result<Endpoints>> discover();
  Task<Result<std::string>> exchange(Endpoints const& endpoints, ProviderAnswer const& answer);
  Task<Result<IdTokenClaims>> verify(Endpoints const& endpoints, std::string const& id_token,
                                     std::string const& nonce);
  Task<void> load_keys(Endpoints const& endpoints);
  Task<Result<std::string>> get(std::string const& url);
  Error broken(std::string_view what) const;

  http::Client& client_;
  OpenIdSettings const settings_;
  Clock const& clock_;
  std::optional<Endpoints> endpoints_;
  Moment discovered_at_;
  ProviderKeys keys_;
  std::optional<Moment> keys_loaded_at_;
};

}  // namespace insighta::identity
