#pragma once

#include "platform/http/request.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <tuple>

namespace insighta::metrics {
class Counter;
class Histogram;
class Registry;
}  // namespace insighta::metrics

namespace insighta {
class EventLoop;
}

namespace insighta::http {

/// One line a request, and its figures by route. Paths are logged by their pattern and queries not
/// at all, so that no code, token or name gets into a log.
class RequestLog {
 public:
  /// Without a registry it only logs.
  RequestLog(EventLoop& loop, metrics::Registry* metrics) : loop_(loop), metrics_(metrics) {}

  void write(Request const& request, int status, std::chrono::nanoseconds took);

 private:
  struct Instruments {
    metrics::Counter* count = nullptr;
    metrics::Histogram* seconds = nullptr;
  };
  Instruments& instruments_of(Request const& request, int status);
  /// After the work that is ready now, so that the lines of many requests leave together.
  void flush_soon();

  EventLoop& loop_;
  metrics::Registry* metrics_;
  std::map<std::tuple<std::string_view, Method, int>, Instruments> instruments_;
  std::shared_ptr<bool> is_flush_due_ = std::make_shared<bool>(false);  // outlives us in the loop
};

}  // namespace insighta::http
