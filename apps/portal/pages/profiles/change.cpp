#include "backend/api_client.hpp"
#include "layout/view.hpp"
#include "pages/pages.hpp"
#include "platform/async/when_all.hpp"
#include "platform/json/writer.hpp"
#include "site/links.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

std::string api_path(Visit const& visit) {
  return "/api/v1/profiles/" + http::url_encoded(visit.request.parameter("id"));
}

http::Response form_again(Visit const& visit, std::string_view name, std::string_view fault,
                          int status) {
  View view{visit, "New profile"};
  auto& values = view.main("pages/profiles/new.html");
  values.set("NAME", name);
  if (fault.empty()) return view.respond();
  values.add("FAULTS").set("MESSAGE", fault);
  values.add("NAME_FAULT").set("MESSAGE", fault);
  values.show("NAME_WRONG");
  return view.mark_failed().respond(status);
}

Task<Result<http::Response>> show_form(Visit& visit) {
  CO_TRY_VOID(co_await visit.require_admin());
  co_return form_again(visit, value_of(visit.query, "name"), "", 200);
}

/// What the person can do something about stays on the form, with what was typed.
bool belongs_on_form(ErrorKind kind) {
  return kind == ErrorKind::bad_request || kind == ErrorKind::invalid ||
         kind == ErrorKind::bad_upstream;
}

Task<Result<http::Response>> create(Visit& visit) {
  auto const name = value_of(visit.form, "name");
  std::string body;
  json::Writer{body}.begin_object().member("name", std::string_view{name}).end_object();
  auto [person, answer] = co_await when_all(
      visit.load_person(),
      visit.backend.api.send(http::Method::post, "/api/v1/profiles", visit.token(), body));
  CO_TRY_VOID(person);
  if (!answer) {
    auto const& error = answer.error();
    if (!belongs_on_form(error.kind)) co_return fail(error);
    auto const fault = error.kind == ErrorKind::bad_upstream
                           ? error.message + ". Nothing was stored. Try again."
                           : error.message;
    co_return form_again(visit, name, fault, http::status_of(error.kind));
  }
  auto const data = answer->body ? answer->body->find("data") : std::nullopt;
  if (!data) co_return fail(bad_upstream("The API's answer cannot be read."));
  auto const profile = decode_profile(*data);
  auto const message =
      answer->status == 201
          ? fmt::format("{} was added.", profile.name)
          : fmt::format("{} was already there. This is the profile.", profile.name);
  co_return co_await visit.leave_for("/profiles/" + profile.id, message);
}

Task<Result<http::Response>> ask_to_delete(Visit& visit) {
  auto [admin, answer] = co_await when_all(visit.require_admin(),
                                           visit.backend.api.get(api_path(visit), visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  auto const profile = decode_profile(answer->find("data").value_or(*answer));
  View view{visit, fmt::format("Delete {}?", profile.name)};
  auto& values = view.main("pages/profiles/delete.html");
  values.set("ID", profile.id).set("NAME", profile.name);
  co_return view.respond();
}

Task<Result<http::Response>> remove(Visit& visit) {
  auto const profile = co_await visit.backend.api.get(api_path(visit), visit.token());
  if (!profile) co_return fail(profile.error());
  auto const answer =
      co_await visit.backend.api.send(http::Method::del, api_path(visit), visit.token());
  if (!answer) co_return fail(answer.error());
  auto const name = decode_profile(profile->find("data").value_or(*profile)).name;
  co_return co_await visit.leave_for("/profiles", fmt::format("{} was deleted.", name));
}

}  // namespace

std::vector<PageRoute> profile_admin_pages() {
  using enum http::Method;
  return {
      {get, "/profiles/new", Access::signed_in, show_form},
      {post, "/profiles/new", Access::signed_in, create},
      {get, "/profiles/{id}/delete", Access::signed_in, ask_to_delete},
      {post, "/profiles/{id}/delete", Access::signed_in, remove},
  };
}

}  // namespace insighta::portal
