#include "guard.hpp"

#include "identity/services/authenticator.hpp"
#include "platform/http/request.hpp"

namespace insighta::api {

http::Route Guard::around(Guarded route) {
  // Shared by the copies that a std::function may make of its target.
  auto const kept = std::make_shared<Guarded const>(std::move(route));
  return {kept->method, kept->pattern,
          [this, kept](http::Request& request) { return answer(request, *kept); }};
}

/// A token comes in the header. One in a form as well is a caller who is confused, or confuses
/// somebody (RFC 6750 section 2); no route of ours takes forms otherwise.
Task<Result<identity::Actor>> Guard::authenticate(http::Request& request) {
  auto const header = request.header("Authorization");
  if (!header.empty() && request.content_type() == "application/x-www-form-urlencoded") {
    CO_TRY(auto const body, co_await request.read_body());
    auto const form = http::parse_form(body);
    if (form && http::find(*form, "access_token"))
      co_return fail(bad_request("Send the access token once, in the Authorization header",
                                 "INVALID_REQUEST"));
  }
  co_return co_await authenticator_.authenticate(header);
}

Task<http::Response> Guard::answer(http::Request& request, Guarded const& route) {
  auto const actor = co_await authenticate(request);
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
