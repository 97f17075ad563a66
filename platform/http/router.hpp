#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::http {

using Handler = std::function<Task<Response>(Request&)>;

/// A route that is open to everyone, or guards itself.
struct Route {
  Method method;
  std::string_view pattern;  ///< literals and {names}: "/profiles/{id}"
  Handler handler;
};

/// A route that only somebody may use: what a feature's route table is made of. The application
/// turns it into a Route by authenticating, checking `permission`, and passing the caller on.
template <class Permission, class Caller>
struct GuardedRoute {
  Method method;
  std::string_view pattern;
  Permission permission;
  std::function<Task<Response>(Request&, Caller const&)> handler;
};

/// Finds the handler of a request. A literal segment wins over a {name}. HEAD takes the GET route;
/// a known path with another method is 405 with Allow; OPTIONS is 204 with Allow; an unknown path
/// 404.
class Router {
 public:
  Router();
  ~Router();

  /// Outside the API: exactly this path.
  void add(Route route);
  /// Inside the API: `pattern` below /api/v1, and below /api with `X-API-Version: 1` (any other
  /// value or none: 400 `API version header required`, before anything else but OPTIONS). CORS is
  /// open on these routes (spec api.md section 1). `needs_version` false: /api without the header.
  void add_api(Route route, bool needs_version = true);

  Task<Response> handle(Request& request) const;

  struct Listing {
    Method method;
    std::string pattern;  ///< with /api/v1 in front for routes of the API
  };
  /// Every route, for the OpenAPI check and the permission matrix.
  std::vector<Listing> listing() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace insighta::http
