#include "guard.hpp"

#include "identity/services/authenticator.hpp"

namespace insighta::api {

http::Route Guard::around(Guarded route) {
  // Shared by the copies that a std::function may make of its target.
  auto const kept = std::make_shared<Guarded const>(std::move(route));
  return {kept->method, kept->pattern,
          [this, kept](http::Request& request) { return answer(request, *kept); }};
}

Task<http::Response> Guard::answer(http::Request& request, Guarded const& route) {
  auto const actor = co_await authenticator_.authenticate(request.header("Authorization"));
  if (!actor) co_return http::error_response(actor.error(), request);
  request.user_id = actor->user_id.to_string();
  auto const decision = co_await limiter_.take(request.user_id, user_per_minute_);
  if (!decision.is_allowed) co_return http::error_response(http::rate_limited(decision), request);
  if (auto const allowed = actor->require(route.permission); !allowed)
    co_return http::error_response(allowed.error(), request);
  auto response = co_await route.handler(request, *actor);
  http::add_rate_limit_headers(response, decision);
  co_return response;
}

}  // namespace insighta::api
