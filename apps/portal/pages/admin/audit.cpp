#include "backend/answers.hpp"
#include "backend/api_client.hpp"
#include "pages/admin/admin_parts.hpp"
#include "pages/pages.hpp"
#include "platform/async/when_all.hpp"
#include "site/links.hpp"

namespace insighta::portal {

namespace {

constexpr std::string_view api = "/api/v1/audit";

http::Pairs filters_of(http::Pairs const& query) {
  http::Pairs filters;
  for (auto const* const name : {"q", "action", "user_id", "from", "to"})
    if (auto const value = value_of(query, name); !value.empty()) filters.emplace_back(name, value);
  return filters;
}

void fill_event(html::Values& row, json::Value const& event, Preferences const& preferences) {
  auto const action = text_of(event, "action");
  fill_time(row, "AT", event, "at", preferences);
  row.set("ACTION", action).set("ACTION_URL", link_to("/admin/audit", {{"action", action}}));
  row.set("ACTOR", text_of(event, "actor_username"));
  row.set("TARGET", text_of(event, "target_username"));
  row.set("ADDRESS", text_of(event, "address")).set("REQUEST_ID", text_of(event, "request_id"));
  auto const details = event.find("details");
  if (!details) return;
  for (auto const& [name, value] : details->members())
    row.add("DETAIL").set("NAME", name).set("VALUE", value.as_string().value_or(""));
}

Task<Result<http::Response>> list(Visit& visit) {
  auto const filters = filters_of(visit.query);
  auto asked = filters;
  if (auto const page = value_of(visit.query, "page"); !page.empty())
    asked.emplace_back("page", page);
  auto [admin, answer] =
      co_await when_all(visit.require_admin(),
                        visit.backend.api.get(link_to(std::string{api}, asked), visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  View view{visit, "Audit log"};
  auto& values = view.main("pages/admin/audit.html");
  values.set("Q", value_of(visit.query, "q")).set("ACTION", value_of(visit.query, "action"));
  values.set("COUNT", counted(integer_of(*answer, "total"), "event", "events"));
  values.show_if("FILTERED", !filters.empty());
  values.set("CSV", link_to("/admin/audit/export", with(filters, "format", "csv")));
  values.set("NDJSON", link_to("/admin/audit/export", with(filters, "format", "ndjson")));
  auto const events = rows_of(*answer);
  values.show_if("NONE", events.empty());
  if (!events.empty()) {
    auto& table = values.add("TABLE");
    for (auto const& event : events) fill_event(table.add("EVENT"), event, visit.preferences());
  }
  fill_pager(values, visit, *answer);
  co_return view.respond();
}

Task<Result<http::Response>> download(Visit& visit) {
  CO_TRY_VOID(co_await visit.require_admin());
  co_return co_await visit.backend.api.download(link_to(std::string{api} + "/export", visit.query),
                                                visit.token());
}

Task<Result<http::Response>> land(Visit& visit) {
  auto [admin, people, apps, events] = co_await when_all(
      visit.require_admin(), visit.backend.api.get("/api/v1/users?limit=1", visit.token()),
      visit.backend.api.get("/api/v1/oauth-clients", visit.token()),
      visit.backend.api.get("/api/v1/audit?limit=1", visit.token()));
  CO_TRY_VOID(admin);
  for (auto const* const answer : {&people, &apps, &events})
    if (!*answer) co_return fail(answer->error());
  View view{visit, "Admin"};
  auto& values = view.main("pages/admin/admin.html");
  values.set("PEOPLE", counted(integer_of(*people, "total"), "person", "people"));
  values.set("APPS",
             counted(static_cast<std::int64_t>(rows_of(*apps).size()), "program", "programs"));
  values.set("EVENTS", counted(integer_of(*events, "total"), "event", "events"));
  co_return view.respond();
}

}  // namespace

std::vector<PageRoute> audit_pages() {
  using enum http::Method;
  return {
      {get, "/admin", Access::signed_in, land},
      {get, "/admin/audit", Access::signed_in, list},
      {get, "/admin/audit/export", Access::signed_in, download},
  };
}

}  // namespace insighta::portal
