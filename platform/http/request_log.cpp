#include "platform/http/request_log.hpp"

#include "platform/async/event_loop.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <fmt/format.h>

#include <utility>

namespace insighta::http {

namespace {

constexpr std::string_view no_route = "(none)";

std::string_view route_of(Request const& request) {
  return request.route.empty() ? no_route : request.route;
}

}  // namespace

void RequestLog::write(Request const& request, int status, std::chrono::nanoseconds took) {
  auto const seconds = std::chrono::duration<double>(took).count();
  if (metrics_ != nullptr) {
    auto& instruments = instruments_of(request, status);
    instruments.count->add();
    instruments.seconds->observe(seconds);
  }
  if (!log::is_enabled(log::Level::info)) return;
  log::defer(log::Level::info, "request",
             {{"method", to_string(request.method)},
              {"route", route_of(request)},
              {"status", std::int64_t{status}},
              {"ms", fmt::format("{:.3f}", seconds * 1000)},
              {"user_id", request.user_id.empty() ? "-" : std::string_view{request.user_id}},
              {"request_id", request.id}});
  flush_soon();
}

void RequestLog::flush_soon() {
  if (std::exchange(*is_flush_due_, true)) return;
  loop_.post([is_due = is_flush_due_] {
    *is_due = false;
    log::flush();
  });
}

RequestLog::Instruments& RequestLog::instruments_of(Request const& request, int status) {
  // Routes live as long as the router, so their views are good keys; there are few of them.
  auto& instruments = instruments_[{route_of(request), request.method, status}];
  if (instruments.count == nullptr) {
    std::string const route{route_of(request)};
    std::string const method{to_string(request.method)};
    instruments.count = &metrics_->counter(
        "insighta_http_requests_total", "Answered requests",
        {{"method", method}, {"route", route}, {"status", std::to_string(status)}});
    instruments.seconds =
        &metrics_->latency("insighta_http_request_seconds", "Time until the answer was ready",
                           {{"method", method}, {"route", route}});
  }
  return instruments;
}

}  // namespace insighta::http
