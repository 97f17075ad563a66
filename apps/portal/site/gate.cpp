#include "site/gate.hpp"

#include "layout/failure_page.hpp"
#include "layout/view.hpp"
#include "platform/log/log.hpp"
#include "platform/postgres/failure.hpp"
#include "session/session_store.hpp"
#include "session/sessions.hpp"
#include "site/links.hpp"
#include "site/page_headers.hpp"

namespace insighta::portal {

namespace {

constexpr std::size_t max_form_bytes = 64 << 10;

bool is_safe(http::Method method) {
  return method == http::Method::get || method == http::Method::head;
}

Error foreign_form() {
  return forbidden("This form was not sent by a page of this site, or is too old. Nothing changed.",
                   "FOREIGN_FORM");
}

/// Where a person whose session ended under a form goes after signing in: back to the form.
std::string page_of_form(http::Request const& request, Config const& config) {
  auto const referer = request.header("Referer");
  if (!referer.starts_with(config.url + "/")) return "/";
  return safe_return_to(referer.substr(config.url.size()));
}

void clear_session_cookie(http::Response& response, Site const& site) {
  http::set_cookie(response, {.name = site.session_cookie_name(),
                              .value = "",
                              .same_site = "Strict",
                              .max_age_seconds = 0});
}

}  // namespace

http::Route Gate::open(PageRoute route) const {
  auto const method = route.method;
  auto const pattern = route.pattern;
  return {method, pattern, [this, route = std::move(route)](http::Request& request) {
            return admit(request, route);
          }};
}

Task<http::Response> Gate::page_for(http::Request& request, http::Response answer) const {
  Visit visit{.site = site_, .backend = backend_, .request = request};
  try {
    visit.session =
        co_await backend_.sessions.find(std::string{request.cookie(site_.session_cookie_name())});
  } catch (postgres::Unavailable const& away) {
    log::warning("database away", {{"request_id", request.id}, {"reason", away.what()}});
  }
  auto error = http::decode_error(answer.status, answer.headers, answer.body);
  error.message.clear();  // meant for programs
  auto page = failure_page(visit, error);
  page.status = answer.status;
  if (auto const allow = answer.headers.get("Allow"); !allow.empty())
    page.headers.set("Allow", std::string{allow});
  co_return page;
}

Task<http::Response> Gate::admit(http::Request& request, PageRoute const& route) const {
  Visit visit{.site = site_, .backend = backend_, .request = request};
  Error failure;
  try {
    auto result = co_await attempt(visit, route);
    if (result) {
      add_page_headers(*result, site_.config);
      co_return std::move(*result);
    }
    failure = std::move(result).error();
  } catch (postgres::Unavailable const& away) {
    log::warning("database away", {{"request_id", request.id}, {"reason", away.what()}});
    failure = unavailable("The portal's database is away.", std::chrono::seconds{2});
  } catch (std::exception const& fault) {
    log::error("page failed", {{"request_id", request.id}, {"reason", fault.what()}});
    failure = {ErrorKind::internal, "INTERNAL", "Something of ours broke."};
  }
  co_return failure_page(visit, failure);
}

Task<Result<http::Response>> Gate::attempt(Visit& visit, PageRoute const& route) const {
  auto const& request = visit.request;
  CO_TRY(visit.query, request.query_pairs());
  visit.session =
      co_await backend_.sessions.find(std::string{request.cookie(site_.session_cookie_name())});
  if (visit.session) visit.request.user_id = visit.session->user_id.to_string();
  if (!is_safe(request.method)) CO_TRY_VOID(check_origin(request));
  if (!visit.session && (route.access != Access::open || !is_safe(request.method)))
    co_return sign_in_first(visit);
  if (!is_safe(request.method) && route.access != Access::upload)
    CO_TRY_VOID(co_await read_form(visit));
  if (route.access == Access::open || route.access == Access::leaving)
    co_return co_await route.handler(visit);
  co_return co_await serve(visit, route);
}

Task<Result<http::Response>> Gate::serve(Visit& visit, PageRoute const& route) const {
  auto const visitor = visit.visitor();
  auto fresh = co_await backend_.sessions.keep_fresh(*visit.session, visitor);
  if (fresh) {
    if (visit.request.method == http::Method::get && visit.session->has_flashes)
      visit.flashes = co_await backend_.store.take_flashes(visit.session->id_hash,
                                                           std::string{visit.request.path});
    auto result = co_await route.handler(visit);
    if (result || result.error().kind != ErrorKind::unauthenticated) co_return result;
    // Refused before its time: the session was ended elsewhere, or the clock moved.
    fresh = co_await backend_.sessions.refresh(*visit.session, visitor);
    if (fresh) {
      if (route.access == Access::upload) co_return result;
      co_return co_await route.handler(visit);
    }
  }
  if (fresh.error().kind != ErrorKind::unauthenticated) co_return fail(fresh.error());
  co_return sign_in_first(visit, fresh.error().code);
}

Result<void> Gate::check_origin(http::Request const& request) const {
  auto const site = request.header("Sec-Fetch-Site");
  if (request.header("Origin") != site_.config.url || (!site.empty() && site != "same-origin"))
    return fail(foreign_form());
  return {};
}

Task<Result<void>> Gate::read_form(Visit& visit) const {
  CO_TRY(auto body, co_await visit.request.read_body(max_form_bytes));
  auto form = http::parse_form(body);
  if (!form) co_return fail(bad_request("The form cannot be read."));
  if (!site_.is_form_token(value_of(*form, "csrf_token"), *visit.session))
    co_return fail(foreign_form());
  visit.form = std::move(*form);
  co_return Result<void>{};
}

http::Response Gate::sign_in_first(Visit const& visit, std::string_view why) const {
  auto const& request = visit.request;
  auto const had_cookie = !request.cookie(site_.session_cookie_name()).empty();
  // A Strict cookie is not sent when a link of another site (a mail) is followed; it is when this
  // page asks for itself.
  if (is_safe(request.method) && !had_cookie && request.header("Sec-Fetch-Site") == "cross-site") {
    auto const here = safe_return_to(request.target);
    return View::forward(site_, here, "Opening the page", "Continue");
  }
  auto const back = is_safe(request.method) ? safe_return_to(request.target)
                                            : page_of_form(request, site_.config);
  http::Pairs query;
  if (back != "/") query.emplace_back("return_to", back);
  if (had_cookie) {
    bool const is_told = why == "reused" || why == "disabled" || why == "revoked";
    query.emplace_back("reason", is_told ? why : "session_over");
  }
  auto const login = link_to("/login", query);
  auto response = http::redirect(login);
  if (request.header("HX-Request") == "true") {
    response = http::text_response(401, "Sign in first\n");
    response.headers.set("HX-Redirect", login);
  }
  if (had_cookie) clear_session_cookie(response, site_);
  return response;
}

}  // namespace insighta::portal
