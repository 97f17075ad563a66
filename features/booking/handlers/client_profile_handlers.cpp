#include "booking/handlers/client_profile_handlers.hpp"

#include "booking/wire/client_profile_json.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::booking {

namespace {

using http::Request;
using http::Response;
using identity::Actor;

Result<WantedProfile> read_profile(json::Value const& document) {
  json::ObjectReader body(document);
  WantedProfile wanted{.display_name = body.string("display_name"),
                       .time_zone = body.string("time_zone"),
                       .phone = body.optional_string("phone"),
                       .goals = body.optional_string("goals").value_or("")};
  TRY_VOID(body.finish());
  return wanted;
}

Response answer(Result<ClientProfile> const& profile, Request const& request) {
  if (!profile) return http::error_response(profile.error(), request);
  return fresh_answer(wire::client_profile_answer(*profile), profile->version);
}

}  // namespace

std::vector<GuardedRoute> ClientProfileHandlers::api_routes() {
  using enum identity::Permission;
  using http::Method;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {Method::get, "/clients/me", account_read, to(&ClientProfileHandlers::get_mine)},
      {Method::put, "/clients/me", account_write, to(&ClientProfileHandlers::put_mine)},
      {Method::get, "/clients/{id}", bookings_read, to(&ClientProfileHandlers::get)},
  };
}

Task<Response> ClientProfileHandlers::get_mine(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  co_return answer(co_await profiles_.mine(caller), request);
}

Task<Response> ClientProfileHandlers::put_mine(Request& request, Actor const& actor) {
  auto const origin = origin_of(request);
  auto const act = [&](Command const& command,
                       WantedProfile const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const stored, co_await profiles_.put_mine(command, wanted, origin));
    co_return Answer{stored.is_new ? 201 : 200, wire::client_profile_answer(stored.profile),
                     stored.profile.version};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_profile, act);
}

Task<Response> ClientProfileHandlers::get(Request& request, Actor const& actor) {
  if (auto const none = listing::no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const id = id_of<ClientId>(request, "Client");
  if (!id) co_return http::error_response(id.error(), request);
  auto const caller = co_await commands_.caller_of(actor);
  co_return answer(co_await profiles_.get(caller, *id), request);
}

}  // namespace insighta::booking
