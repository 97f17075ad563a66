#include "booking/handlers/integrity_handlers.hpp"

#include "booking/wire/integrity_json.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::booking {

std::vector<GuardedRoute> IntegrityHandlers::api_routes() {
  return {{http::Method::get, "/admin/integrity", identity::Permission::integrity_read,
           [this](http::Request& request, identity::Actor const&) { return check(request); }}};
}

Task<http::Response> IntegrityHandlers::check(http::Request& request) {
  if (auto const known = listing::no_parameters(request); !known)
    co_return http::error_response(known.error(), request);
  co_return fresh_answer(wire::integrity_answer(co_await integrity_.check()));
}

}  // namespace insighta::booking
