#pragma once

#include "identity/handlers/route.hpp"
#include "identity/services/client_registry.hpp"
#include "identity/services/consent_service.hpp"

#include <vector>

namespace insighta::identity {

/// Applications: for administrators those that are registered, for everybody those that one has
/// connected, and what became of their sessions.
class ClientHandlers {
 public:
  ClientHandlers(ClientRegistry& registry, ConsentService& consents)
      : registry_(registry), consents_(consents) {}

  std::vector<GuardedRoute> api_routes();

 private:
  Task<http::Response> list(http::Request& request, Actor const& actor);
  Task<http::Response> add(http::Request& request, Actor const& actor);
  Task<http::Response> get(http::Request& request, Actor const& actor);
  Task<http::Response> change(http::Request& request, Actor const& actor);
  Task<http::Response> remove(http::Request& request, Actor const& actor);
  Task<http::Response> connected(http::Request& request, Actor const& actor);
  Task<http::Response> disconnect(http::Request& request, Actor const& actor);
  Task<http::Response> notices(http::Request& request, Actor const& actor);
  Task<http::Response> dismiss(http::Request& request, Actor const& actor);

  ClientRegistry& registry_;
  ConsentService& consents_;
};

}  // namespace insighta::identity
