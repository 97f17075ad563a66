#include "controls.hpp"

#include "platform/json/value.hpp"

#include <limits>

namespace insighta::emulator {

using http::Request;
using http::Response;

std::vector<http::Route> Controls::routes() {
  using enum http::Method;
  return {{post, "/_fake/app", [this](Request& request) { return change_app(request); }},
          {post, "/_fake/people", [this](Request& request) { return change_person(request); }}};
}

Task<Response> Controls::change_app(Request& request) {
  auto const text = co_await request.read_body();
  if (!text) co_return http::error_response(text.error(), request.id);
  auto const document = json::Value::parse(*text);
  if (!document) co_return http::error_response(document.error(), request.id);
  json::ObjectReader body(*document);
  auto const is_suspended = body.optional_bool("is_suspended");
  auto const has_device_flow = body.optional_bool("has_device_flow");
  if (auto const checked = body.finish(); !checked)
    co_return http::error_response(checked.error(), request.id);
  app_.is_suspended = is_suspended.value_or(app_.is_suspended);
  app_.has_device_flow = has_device_flow.value_or(app_.has_device_flow);
  co_return http::no_content();
}

Task<Response> Controls::change_person(Request& request) {
  auto const text = co_await request.read_body();
  if (!text) co_return http::error_response(text.error(), request.id);
  auto const document = json::Value::parse(*text);
  if (!document) co_return http::error_response(document.error(), request.id);
  json::ObjectReader body(*document);
  auto const id = body.optional_integer("id", 1, std::numeric_limits<std::int64_t>::max());
  auto const login = body.optional_string("login");
  auto const name = body.optional_string("name");
  auto const is_suspended = body.optional_bool("is_suspended");
  if (!id) body.refuse("id", "expected the number of a person");
  if (auto const checked = body.finish(); !checked)
    co_return http::error_response(checked.error(), request.id);
  auto& person = people_.find_or_add(*id);
  person.login = login.value_or(person.login);
  if (name) person.name = *name;
  person.is_suspended = is_suspended.value_or(person.is_suspended);
  co_return http::no_content();
}

}  // namespace insighta::emulator
