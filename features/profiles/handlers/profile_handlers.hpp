#pragma once

#include "identity/domain/actor.hpp"
#include "platform/http/router.hpp"

#include <vector>

namespace insighta::profiles {

class ImportService;
class ProfileService;

using Route = http::GuardedRoute<identity::Permission, identity::Actor>;

/// The endpoints below /api/v1/profiles. One per event loop; lives as long as the router.
class ProfileHandlers {
 public:
  ProfileHandlers(ProfileService& profiles, ImportService& imports)
      : profiles_(profiles), imports_(imports) {}

  std::vector<Route> routes();

 private:
  using Actor = identity::Actor;

  Task<http::Response> list(http::Request& request, Actor const& actor);
  Task<http::Response> search(http::Request& request, Actor const& actor);
  Task<http::Response> stats(http::Request& request, Actor const& actor);
  Task<http::Response> download(http::Request& request, Actor const& actor);
  Task<http::Response> get(http::Request& request, Actor const& actor);
  Task<http::Response> create(http::Request& request, Actor const& actor);
  Task<http::Response> remove(http::Request& request, Actor const& actor);
  Task<http::Response> import_file(http::Request& request, Actor const& actor);

  ProfileService& profiles_;
  ImportService& imports_;
};

}  // namespace insighta::profiles
