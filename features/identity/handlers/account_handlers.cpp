#include "identity/handlers/account_handlers.hpp"

#include "identity/handlers/audit_export.hpp"
#include "identity/handlers/origin.hpp"
#include "identity/wire/account_json.hpp"
#include "platform/json/value.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::identity {

namespace {

using http::Request;
using http::Response;
using listing::invalid_filter;
using listing::ListQuery;
using listing::no_parameters;

Response fresh(std::string body) {
  auto response = http::json_response(200, std::move(body));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Response attachment(std::string type, std::string const& file_name) {
  Response response;
  response.headers.set("Content-Type", std::move(type))
      .set("Content-Disposition", "attachment; filename=\"" + file_name + "\"")
      .set("Cache-Control", "no-store");
  return response;
}

/// `role` replaces all; `roles` is the whole list; "none" is no role.
void read_role(json::ObjectReader& body, AccessChange& change) {
  auto const word = body.optional_string("role");
  if (!word) return;
  auto const role = parse_role(*word);
  if (!role && *word != "none")
    body.refuse("role", "expected admin, trainer, client, analyst or none");
  else
    change.roles = role ? Roles{*role} : Roles{};
}

void read_roles(json::ObjectReader& body, AccessChange& change) {
  auto const list = body.optional_value("roles");
  if (!list || list->is_null()) return;
  if (!list->is_array() || change.roles) {
    body.refuse("roles", change.roles ? "expected role or roles, not both" : "expected a list");
    return;
  }
  Roles roles;
  for (auto const& item : list->items()) {
    auto const role = parse_role(item.as_string().value_or(""));
    if (!role) {
      body.refuse("roles", "expected admin, trainer, client or analyst");
      return;
    }
    roles.add(*role);
  }
  change.roles = roles;
}

Task<Result<AccessChange>> read_change(Request& request) {
  CO_TRY(auto text, co_await request.read_body());
  CO_TRY(auto document, json::Value::parse(text));
  json::ObjectReader body(document);
  AccessChange change;
  read_role(body, change);
  read_roles(body, change);
  change.is_active = body.optional_bool("is_active");
  CO_TRY_VOID(body.finish());
  if (!change.roles && !change.is_active)
    co_return fail(bad_request("Expected role, roles or is_active"));
  co_return change;
}

Result<UserId> user_id_of(Request const& request) {
  auto const id = UserId::parse(request.parameter("id"));
  if (!id) return fail(not_found("User not found"));
  return *id;
}

Result<AuditFilter> audit_filter(ListQuery const& query) {
  AuditFilter filter{.action = query.filter("action"),
                     .user = {},
                     .from = {},
                     .to = {},
                     .text = query.filter("q")};
  if (auto const text = query.filter("user_id")) {
    filter.user = UserId::parse(*text);
    if (!filter.user) return fail(invalid_filter("user_id", "expected a UUID"));
  }
  for (auto const* name : {"from", "to"}) {
    auto const text = query.filter(name);
    if (!text) continue;
    auto const instant = parse_rfc3339(*text);
    if (!instant) return fail(invalid_filter(name, "expected an RFC 3339 instant"));
    (std::string_view{name} == "from" ? filter.from : filter.to) = instant;
  }
  return filter;
}

}  // namespace

std::vector<GuardedRoute> AccountHandlers::root_routes() {
  return {{http::Method::get, "/auth/me", Permission::account_read,
           [this](Request& request, Actor const& actor) { return me(request, actor); }}};
}

std::vector<GuardedRoute> AccountHandlers::unversioned_routes() {
  return {{http::Method::get, "/users/me", Permission::account_read,
           [this](Request& request, Actor const& actor) { return me(request, actor); }}};
}

std::vector<GuardedRoute> AccountHandlers::api_routes() {
  using enum http::Method;
  using enum Permission;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {get, "/users/me/sessions", account_read, to(&AccountHandlers::sessions)},
      {del, "/users/me/sessions", account_write, to(&AccountHandlers::end_sessions)},
      {del, "/users/me/sessions/{id}", account_write, to(&AccountHandlers::end_session)},
      {get, "/users/me/identities", account_read, to(&AccountHandlers::identities)},
      {del, "/users/me/identities/{name}", account_write, to(&AccountHandlers::unlink)},
      {get, "/users/me/export", account_read, to(&AccountHandlers::collect)},
      {del, "/users/me", account_write, to(&AccountHandlers::forget)},
      {get, "/users", users_read, to(&AccountHandlers::users)},
      {get, "/users/{id}", users_read, to(&AccountHandlers::user)},
      {patch, "/users/{id}", users_write, to(&AccountHandlers::change_user)},
      {get, "/users/{id}/sessions", users_read, to(&AccountHandlers::user_sessions)},
      {del, "/users/{id}/sessions", users_write, to(&AccountHandlers::end_user_sessions)},
      {del, "/sessions", users_write, to(&AccountHandlers::end_everybody)},
      {get, "/audit", audit_read, to(&AccountHandlers::audit)},
      {get, "/audit/export", audit_read, to(&AccountHandlers::export_audit)},
  };
}

Task<Response> AccountHandlers::me(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const user = co_await accounts_.me(actor);
  if (!user) co_return http::error_response(user.error(), request);
  co_return fresh(wire::user_answer(*user, true));
}

Task<Response> AccountHandlers::sessions(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  co_return fresh(wire::sessions_answer(co_await accounts_.my_sessions(actor), actor.session_id));
}

Task<Response> AccountHandlers::end_sessions(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  co_await accounts_.end_all_sessions(actor, origin_of_request(request));
  co_return http::no_content();
}

Task<Response> AccountHandlers::end_session(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const id = SessionId::parse(request.parameter("id"));
  if (!id) co_return http::error_response(not_found("There is no such session"), request);
  auto const done = co_await accounts_.end_session(actor, *id, origin_of_request(request));
  if (!done) co_return http::error_response(done.error(), request);
  co_return http::no_content();
}

Task<Response> AccountHandlers::identities(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  co_return fresh(wire::identities_answer(co_await accounts_.identities(actor.user_id)));
}

Task<Response> AccountHandlers::unlink(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const done =
      co_await accounts_.unlink(actor, request.parameter("name"), origin_of_request(request));
  if (!done) co_return http::error_response(done.error(), request);
  co_return http::no_content();
}

Task<Response> AccountHandlers::users(Request& request, Actor const&) {
  auto const query = ListQuery::read(request, {"role", "q"});
  if (!query) co_return http::error_response(query.error(), request);
  std::optional<Role> role;
  if (auto const word = query->filter("role")) {
    role = parse_role(*word);
    if (!role)
      co_return http::error_response(
          invalid_filter("role", "expected admin, trainer, client or analyst"), request);
  }
  auto const list =
      co_await accounts_.list(role, query->filter("q"), query->limit(), query->offset());
  co_return fresh(wire::users_answer(list.users, query->page(list.total)));
}

Task<Response> AccountHandlers::user(Request& request, Actor const&) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const id = user_id_of(request);
  if (!id) co_return http::error_response(id.error(), request);
  auto const found = co_await accounts_.find(*id);
  if (!found) co_return http::error_response(found.error(), request);
  co_return fresh(wire::user_answer(*found));
}

Task<Response> AccountHandlers::change_user(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const id = user_id_of(request);
  if (!id) co_return http::error_response(id.error(), request);
  auto const change = co_await read_change(request);
  if (!change) co_return http::error_response(change.error(), request);
  auto const user =
      co_await accounts_.change_access(actor, *id, *change, origin_of_request(request));
  if (!user) co_return http::error_response(user.error(), request);
  co_return fresh(wire::user_answer(*user));
}

Task<Response> AccountHandlers::audit(Request& request, Actor const&) {
  auto const query = ListQuery::read(request, {"action", "user_id", "from", "to", "q"});
  if (!query) co_return http::error_response(query.error(), request);
  auto const filter = audit_filter(*query);
  if (!filter) co_return http::error_response(filter.error(), request);
  auto const list = co_await accounts_.audit(*filter, query->limit(), query->offset());
  co_return fresh(wire::audit_answer(list.records, query->page(list.total)));
}

Task<Response> AccountHandlers::export_audit(Request& request, Actor const&) {
  auto const query = ListQuery::read(request, {"action", "user_id", "from", "to", "q", "format"});
  if (!query) co_return http::error_response(query.error(), request);
  auto filter = audit_filter(*query);
  if (!filter) co_return http::error_response(filter.error(), request);
  auto const format = query->filter("format").value_or("csv");
  if (format != "csv" && format != "ndjson")
    co_return http::error_response(invalid_filter("format", "expected csv or ndjson"), request);
  auto response = attachment(format == "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
                             "audit." + format);
  response.stream = std::make_unique<AuditExport>(accounts_, *std::move(filter), format == "csv");
  co_return response;
}

Task<Response> AccountHandlers::user_sessions(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const id = user_id_of(request);
  if (!id) co_return http::error_response(id.error(), request);
  auto const sessions = co_await accounts_.sessions_of(*id);
  if (!sessions) co_return http::error_response(sessions.error(), request);
  co_return fresh(wire::sessions_answer(*sessions, actor.session_id));
}

Task<Response> AccountHandlers::end_user_sessions(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const id = user_id_of(request);
  if (!id) co_return http::error_response(id.error(), request);
  auto const done = co_await accounts_.end_sessions_of(actor, *id, origin_of_request(request));
  if (!done) co_return http::error_response(done.error(), request);
  co_return http::no_content();
}

Task<Response> AccountHandlers::end_everybody(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const ended =
      co_await accounts_.end_sessions_of_everybody(actor, origin_of_request(request));
  co_return fresh(wire::ended_answer(ended));
}

Task<Response> AccountHandlers::collect(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto response = attachment("application/json", "my-data.json");
  response.body = co_await privacy_.collect(actor);
  co_return response;
}

Task<Response> AccountHandlers::forget(Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const done = co_await privacy_.forget(actor, origin_of_request(request));
  if (!done) co_return http::error_response(done.error(), request);
  co_return http::no_content();
}

}  // namespace insighta::identity
