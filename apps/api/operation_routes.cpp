#include "operation_routes.hpp"

#include "docs_page.hpp"
#include "platform/json/writer.hpp"
#include "platform/metrics/metrics.hpp"

#include <memory>
#include <string_view>

namespace insighta::embedded {
std::string_view openapi();
std::string_view docs_style();
}  // namespace insighta::embedded

namespace insighta::api {

namespace {

using http::Request;
using http::Response;

Response health(bool fakes_github) {
  std::string body;
  json::Writer json(body);
  json.begin_object().member("status", "ok").member("version", INSIGHTA_VERSION);
  if (fakes_github) json.member("dev_idp", true);
  json.end_object();
  return http::json_response(200, std::move(body));
}

Response cacheable(std::string_view type, std::string_view body) {
  Response response{.status = 200, .body = std::string{body}};
  response.headers.set("Content-Type", std::string{type}).set("Cache-Control", "max-age=300");
  return response;
}

Response docs(bool fakes_github) {
  static std::string const page = render_docs_page(embedded::openapi(), fakes_github);
  auto response = cacheable("text/html; charset=utf-8", page);
  response.headers
      .set("Content-Security-Policy",
           "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'")
      .set("X-Content-Type-Options", "nosniff")
      .set("Referrer-Policy", "no-referrer");
  return response;
}

http::Handler constant(std::function<Response()> make) {
  return [make = std::move(make)](Request&) -> Task<Response> { co_return make(); };
}

Task<Response> ready(OperationSettings const& settings, Request& request) {
  if (auto const obstacle = co_await settings.find_obstacle())
    co_return http::error_response(unavailable(*obstacle, std::chrono::seconds{1}, "NOT_READY"),
                                   request.id);
  co_return http::json_response(200, R"({"status":"ready"})");
}

}  // namespace

std::vector<http::Route> operation_routes(OperationSettings settings) {
  auto const shared = std::make_shared<OperationSettings const>(std::move(settings));
  using enum http::Method;
  return {
      {get, "/healthz", constant([shared] { return health(shared->fakes_github); })},
      {get, "/readyz", [shared](Request& request) { return ready(*shared, request); }},
      {get, "/metrics", constant([shared] {
         auto response = http::text_response(200, shared->metrics->expose());
         response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
         return response;
       })},
      {get, "/openapi.json",
       constant([] { return cacheable("application/json", embedded::openapi()); })},
      {get, "/docs", constant([shared] { return docs(shared->fakes_github); })},
      {get, "/docs/style.css",
       constant([] { return cacheable("text/css; charset=utf-8", embedded::docs_style()); })},
  };
}

}  // namespace insighta::api
