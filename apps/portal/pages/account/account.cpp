#include "backend/api_client.hpp"
#include "layout/view.hpp"
#include "pages/admin/admin_parts.hpp"
#include "pages/pages.hpp"
#include "platform/async/when_all.hpp"
#include "session/session_store.hpp"
#include "session/sessions.hpp"
#include "site/links.hpp"

#include <date/tz.h>

namespace insighta::portal {

namespace {

/// The page of a person's first role, in the order admin, trainer, client, analyst.
std::string landing_page(Person const& person) {
  if (person.is_admin()) return "/admin";
  bool const trains = person.has_role("trainer") || person.has_role("client");
  return trains || !person.may_read_profiles() ? "/welcome" : "/dashboard";
}

Task<Result<http::Response>> land(Visit& visit) {
  CO_TRY_VOID(co_await visit.load_person());
  auto const target = landing_page(visit.person);
  for (auto const& flash : visit.flashes)
    co_await visit.backend.store.add_flash(visit.session->id_hash, target, flash,
                                           visit.site.clock.now());
  co_return http::redirect(target);
}

Task<Result<http::Response>> show_welcome(Visit& visit) {
  CO_TRY_VOID(co_await visit.load_person());
  View view{visit, "Welcome"};
  auto& values = view.main("pages/account/welcome.html");
  values.set("USERNAME", visit.person.username);
  auto const& person = visit.person;
  values.show_if("TRAINER", person.has_role("trainer"));
  values.show_if("CLIENT", person.has_role("client"));
  values.show_if("READER", person.may_read_profiles());
  values.show_if("WAITING", person.roles.empty());
  values.set("REFERENCE", visit.site.config.issuer + "/docs");
  co_return view.respond();
}

void fill_zones(html::Values& values, std::string const& chosen) {
  for (auto const& zone : date::get_tzdb().zones) {
    auto const& name = zone.name();
    if (name != "UTC" && (name.find('/') == std::string::npos || name.starts_with("Etc/")))
      continue;
    auto& option = values.add("TIME_ZONE");
    option.set("NAME", name);
    option.show_if("CHOSEN", name == chosen);
  }
}

void fill_choice(html::Values& values, std::string_view section, std::string const& chosen,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> choices) {
  for (auto const& [value, text] : choices) {
    auto& choice = values.add(section);
    choice.set("VALUE", value).set("TEXT", text);
    choice.show_if("CHOSEN", value == chosen);
  }
}

Task<Result<http::Response>> show_settings(Visit& visit) {
  CO_TRY_VOID(co_await visit.load_person());
  View view{visit, "Settings"};
  auto& values = view.main("pages/account/settings.html");
  auto const preferences = visit.preferences();
  values.set("LINK_URL", visit.site.config.issuer + "/oauth/link");
  values.set("USERNAME", visit.person.username);
  values.set("EMAIL", visit.person.email.empty() ? "not public" : visit.person.email);
  if (visit.person.avatar_url.starts_with("https://avatars.githubusercontent.com/"))
    values.add("AVATAR").set("URL", visit.person.avatar_url);
  for (auto const& role : visit.person.roles) values.add("ROLE").set("NAME", role);
  values.show_if("NO_ROLE", visit.person.roles.empty());
  fill_zones(values, preferences.time_zone);
  fill_choice(values, "CLOCK", preferences.clock, {{"24", "19:00"}, {"12", "07:00 PM"}});
  fill_choice(values, "LOOK", preferences.appearance,
              {{"auto", "As my device"}, {"light", "Light"}, {"dark", "Dark"}});
  co_return view.respond();
}

Task<Result<http::Response>> store_settings(Visit& visit) {
  Preferences const wanted{value_of(visit.form, "time_zone"), value_of(visit.form, "clock"),
                           value_of(visit.form, "appearance")};
  auto const is_known = [](std::string_view value, std::initializer_list<std::string_view> all) {
    return std::ranges::find(all, value) != all.end();
  };
  if (!is_time_zone(wanted.time_zone) || !is_known(wanted.clock, {"24", "12"}) ||
      !is_known(wanted.appearance, {"auto", "light", "dark"}))
    co_return fail(bad_request("Choose one of the values that the form offers."));
  co_await visit.backend.store.store_preferences(visit.session->user_id, wanted);
  co_return co_await visit.leave_for("/settings", "Settings saved.");
}

std::string client_in_words(SignedInDevice const& device) {
  if (device.client == "insighta-portal") return "Web portal";
  if (device.client == "insighta-cli") return "Command line";
  return device.client;
}

Task<Result<http::Response>> show_devices(Visit& visit) {
  auto [person, answer] = co_await when_all(
      visit.load_person(), visit.backend.api.get("/api/v1/users/me/sessions", visit.token()));
  CO_TRY_VOID(person);
  if (!answer) co_return fail(answer.error());
  View view{visit, "Where you are signed in"};
  auto& values = view.main("pages/account/sessions.html");
  auto const preferences = visit.preferences();
  for (auto const& device : decode_devices(*answer)) {
    auto& row = values.add("SESSION");
    row.set("ID", device.id).set("CLIENT", client_in_words(device));
    row.set("DEVICE", portal::device(device.device)).set("ADDRESS", device.address);
    row.set("SINCE", full_time(device.created_at, preferences));
    row.set("SINCE_UTC", to_rfc3339(device.created_at));
    row.set("LAST_USED", full_time(device.last_used_at, preferences));
    row.set("LAST_USED_UTC", to_rfc3339(device.last_used_at));
    row.show_if("CURRENT", device.is_current);
  }
  co_return view.respond();
}

Task<Result<http::Response>> end_device(Visit& visit) {
  auto const target =
      "/api/v1/users/me/sessions/" + http::url_encoded(visit.request.parameter("id"));
  CO_TRY(auto answer, co_await visit.backend.api.send(http::Method::del, target, visit.token()));
  static_cast<void>(answer);
  co_return co_await visit.leave_for("/settings/sessions", "That session was ended.");
}

/// The session is gone at the API; it goes here as well.
Task<http::Response> signed_out(Visit& visit) {
  co_await visit.backend.store.remove(visit.session->id_hash);
  auto response = http::redirect("/signed-out");
  http::set_cookie(response, {.name = visit.site.session_cookie_name(),
                              .value = "",
                              .same_site = "Strict",
                              .max_age_seconds = 0});
  co_return response;
}

Task<Result<http::Response>> end_all_devices(Visit& visit) {
  auto const answer = co_await visit.backend.api.send(http::Method::del,
                                                      "/api/v1/users/me/sessions", visit.token());
  if (!answer) co_return fail(answer.error());
  co_return co_await signed_out(visit);
}

Task<Result<http::Response>> download_data(Visit& visit) {
  return visit.backend.api.download("/api/v1/users/me/export", visit.token());
}

Task<Result<http::Response>> ask_to_delete(Visit& visit) {
  CO_TRY_VOID(co_await visit.load_person());
  co_return ask(visit, {.question = "Delete your account?",
                        .consequence = "You are signed out everywhere, and your name, addresses "
                                       "and sign-ins are removed, at once and for good. What you "
                                       "did stays in the records under a pseudonym.",
                        .button = "Delete my account",
                        .action = "/settings/delete",
                        .back = "/settings",
                        .back_text = "Settings"});
}

Task<Result<http::Response>> delete_account(Visit& visit) {
  auto const answer =
      co_await visit.backend.api.send(http::Method::del, "/api/v1/users/me", visit.token());
  if (!answer && answer.error().kind == ErrorKind::conflict)
    co_return co_await visit.leave_for(
        "/settings", "You are the last active admin. Make somebody else one first.", true);
  if (!answer) co_return fail(answer.error());
  co_return co_await signed_out(visit);
}

}  // namespace

std::vector<PageRoute> account_pages() {
  using enum http::Method;
  return {
      {get, "/", Access::signed_in, land},
      {get, "/welcome", Access::signed_in, show_welcome},
      {get, "/settings", Access::signed_in, show_settings},
      {post, "/settings", Access::signed_in, store_settings},
      {get, "/settings/sessions", Access::signed_in, show_devices},
      {post, "/settings/sessions/{id}/end", Access::signed_in, end_device},
      {post, "/settings/sessions/end-all", Access::signed_in, end_all_devices},
      {get, "/settings/export", Access::signed_in, download_data},
      {get, "/settings/delete", Access::signed_in, ask_to_delete},
      {post, "/settings/delete", Access::signed_in, delete_account},
  };
}

}  // namespace insighta::portal
