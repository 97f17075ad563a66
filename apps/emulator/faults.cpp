#include "faults.hpp"

#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"
#include "rest_answers.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace insighta::emulator {

namespace {

using http::Request;
using http::Response;

constexpr std::array<std::string_view, 11> kinds = {
    "delay",
    "status",
    "html_502",
    "reset_after_headers",
    "truncated_json",
    "content_type",
    "rate_limit",
    "clock_skew",
    "body",
    "duplicate_callback",  // the redirect is followed here as well, before the browser follows it
    "evict_token",         // the token just given out is dead at once
};

/// Sends one piece, then breaks the connection.
class BrokenStream final : public http::BodyStream {
 public:
  Task<Result<std::optional<std::string>>> next() override {
    if (sent_) co_return fail(bad_upstream("connection reset as ordered"));
    sent_ = true;
    co_return std::optional<std::string>{"{"};
  }

 private:
  bool sent_ = false;
};

Response broken() {
  Response response;
  response.headers.set("Content-Type", "application/json; charset=utf-8");
  response.stream = std::make_unique<BrokenStream>();
  return response;
}

Response limited(std::chrono::milliseconds reset) {
  auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(reset);
  auto const at = std::chrono::system_clock::now() + seconds;
  auto response = rest_message(403, "API rate limit exceeded");
  response.headers.set("X-RateLimit-Limit", "5000")
      .set("X-RateLimit-Remaining", "0")
      .set("X-RateLimit-Reset", std::to_string(std::chrono::system_clock::to_time_t(at)))
      .set("Retry-After", std::to_string(seconds.count()));
  return response;
}

/// The kinds that answer by themselves.
std::optional<Response> answer_of(Fault const& fault) {
  if (fault.kind == "status")
    return http::json_response(static_cast<int>(fault.status), fault.body);
  if (fault.kind == "body") return http::json_response(200, fault.body);
  if (fault.kind == "html_502")
    return http::html_response(502, "<html><body><h1>502 Bad Gateway</h1></body></html>");
  if (fault.kind == "reset_after_headers") return broken();
  if (fault.kind == "rate_limit") return limited(fault.delay);
  return {};
}

void spoil(Fault const& fault, Response& response) {
  if (fault.kind == "truncated_json") response.body.resize(response.body.size() / 2);
  if (fault.kind == "content_type") response.headers.set("Content-Type", "text/html");
  if (fault.kind == "clock_skew") response.headers.set("Date", "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace

std::vector<http::Route> Faults::routes() {
  using enum http::Method;
  return {{post, "/_fake/faults", [this](Request& request) { return add(request); }},
          {get, "/_fake/faults",
           [this](Request&) -> Task<Response> {
             std::string body;
             json::Writer writer(body);
             writer.begin_array();
             for (auto const& fault : faults_)
               writer.begin_object()
                   .member("path", fault.path)
                   .member("kind", fault.kind)
                   .member("times", fault.times)
                   .end_object();
             writer.end_array();
             co_return http::json_response(200, std::move(body));
           }},
          {del, "/_fake/faults", [this](Request&) -> Task<Response> {
             faults_.clear();
             co_return http::no_content();
           }}};
}

Task<Response> Faults::add(Request& request) {
  auto const text = co_await request.read_body();
  if (!text) co_return http::error_response(text.error(), request.id);
  auto const document = json::Value::parse(*text);
  if (!document) co_return http::error_response(document.error(), request.id);
  json::ObjectReader body(*document);
  Fault fault{.path = body.string("path"), .kind = body.string("kind")};
  fault.times = body.optional_integer("times", 1, 1'000'000).value_or(1);
  fault.delay =
      std::chrono::milliseconds{body.optional_integer("delay_ms", 0, 600'000).value_or(0)};
  fault.status = body.optional_integer("status", 200, 599).value_or(500);
  fault.body = body.optional_string("body").value_or("{}");
  if (std::ranges::find(kinds, fault.kind) == kinds.end())
    body.refuse("kind", "expected a kind of fault that the emulator knows");
  if (auto const checked = body.finish(); !checked)
    co_return http::error_response(checked.error(), request.id);
  faults_.push_back(std::move(fault));
  co_return http::no_content();
}

std::optional<Fault> Faults::take(std::string_view path) {
  auto const it = std::ranges::find(faults_, path, &Fault::path);
  if (it == faults_.end()) return {};
  auto fault = *it;
  if (--it->times == 0) faults_.erase(it);
  return fault;
}

http::Handler Faults::around(http::Handler next) {
  auto const inner = std::make_shared<http::Handler const>(std::move(next));
  return [this, inner](Request& request) { return disturb(request, *inner); };
}

Task<Response> Faults::disturb(Request& request, http::Handler const& next) {
  auto const fault = take(request.path);
  if (!fault) co_return co_await next(request);
  if (fault->kind == "delay") co_await loop_.sleep_for(fault->delay);
  if (auto answer = answer_of(*fault)) co_return std::move(*answer);
  auto response = co_await next(request);
  spoil(*fault, response);
  if (fault->kind == "evict_token") grants_.revoke_newest();
  if (fault->kind == "duplicate_callback")
    (void)co_await client_.send({.url = std::string{response.headers.get("Location")}});
  co_return response;
}

}  // namespace insighta::emulator
