#include "layout/view.hpp"

#include "site/assets.hpp"
#include "site/page_headers.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

struct NavigationEntry {
  std::string_view path;
  std::string_view text;
};

constexpr std::string_view admin_page = "/admin";
constexpr NavigationEntry entries[] = {{"/dashboard", "Dashboard"},
                                       {"/profiles", "Profiles"},
                                       {"/admin/bookings", "Bookings"},
                                       {admin_page, "Admin"}};

bool is_under(std::string_view path, std::string_view entry) {
  return path == entry || (path.starts_with(entry) && path[entry.size()] == '/');
}

/// The entry that a page belongs to: the nearest of those it is under.
std::string_view entry_of(std::string_view path) {
  std::string_view nearest;
  for (auto const& entry : entries)
    if (is_under(path, entry.path) && entry.path.size() > nearest.size()) nearest = entry.path;
  return nearest;
}

}  // namespace

void fill_frame(html::Values& values, Site const& site) {
  values.set("STYLE", asset_url("style.css"));
  values.set("SCRIPT", asset_url("portal.js"));
  values.set("HTMX", asset_url("htmx.js"));
  values.set("ICON", asset_url("favicon.svg"));
  values.set("VERSION", INSIGHTA_VERSION);
  values.set("APPEARANCE", "auto");
  values.show_if("DEVELOPMENT", site.config.is_development);
}

View::View(Visit const& visit, std::string_view title)
    : visit_(visit), title_(fmt::format("{} · Insighta", title)) {
  fill_frame(values_, visit.site);
  values_.set("REQUEST_ID", visit.request.id);
  if (visit.session) fill_person();
  for (auto const& flash : visit.flashes) {
    auto& values = values_.add("FLASH");
    values.set("MESSAGE", flash.message);
    values.set("ROLE", flash.is_failure ? "alert" : "status");
    values.set("KIND", flash.is_failure ? "bad" : "good");
  }
}

html::Values& View::main(std::string_view path) {
  auto& values = values_.include("MAIN", path);
  if (visit_.session) values.set("CSRF", visit_.site.form_token(*visit_.session));
  return values;
}

View& View::reload_every(std::int64_t seconds) {
  values_.add("RELOAD").set("SECONDS", seconds);
  return *this;
}

View& View::mark_failed() {
  title_ = "Error: " + title_;
  return *this;
}

http::Response View::respond(int status) {
  values_.set("TITLE", title_);
  auto response =
      http::html_response(status, visit_.site.templates.render("layout/layout.html", values_));
  add_page_headers(response, visit_.site.config);
  response.hides_its_secrets = true;  // the form tokens; tokens of the API are not in pages
  return response;
}

http::Response View::forward(Site const& site, std::string_view url, std::string_view title,
                             std::string_view link_text) {
  html::Values values;
  fill_frame(values, site);
  values.set("TITLE", fmt::format("{} · Insighta", title)).set("HEADING", title);
  values.set("URL", url).set("LINK_TEXT", link_text);
  auto response = http::html_response(200, site.templates.render("layout/forward.html", values));
  add_page_headers(response, site.config);
  return response;
}

void View::fill_person() {
  auto const& session = *visit_.session;
  values_.set("APPEARANCE", session.preferences.appearance);
  values_.set("ZONE", session.preferences.time_zone);
  auto& signed_in = values_.add("SIGNED_IN");
  signed_in.set("CSRF", visit_.site.form_token(session));
  if (!visit_.person.username.empty())
    signed_in.add("NAMED").set("USERNAME", visit_.person.username);
  fill_navigation();
}

void View::fill_navigation() {
  // Nobody knows yet who it is when the API is away; then the pages decide.
  auto const is_unknown = visit_.person.id.empty();
  if (!is_unknown && !visit_.person.may_read_profiles()) return;
  values_.show("NAVIGATION");
  auto const current = entry_of(visit_.request.path);
  for (auto const& [path, text] : entries) {
    if (is_under(path, admin_page) && !visit_.person.is_admin()) continue;
    auto& entry = values_.add("ENTRY");
    entry.set("PATH", path).set("TEXT", text);
    entry.show_if("CURRENT", path == current);
  }
}

}  // namespace insighta::portal
