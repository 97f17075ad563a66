#pragma once

#include "platform/metrics/metrics.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace insighta::postgres {

/// What the statements and connections of one Database look like from outside. One event loop; the
/// registry behind it is shared by all.
class StatementMetrics {
 public:
  explicit StatementMetrics(metrics::Registry& registry) : registry_(registry) {}

  void statement_took(std::string_view name, std::chrono::nanoseconds time);
  void connection_opened(std::string_view kind);
  void connection_closed(std::string_view kind);

 private:
  metrics::Gauge& connections(std::string_view kind);

  metrics::Registry& registry_;
  std::map<std::string, metrics::Histogram*, std::less<>> latencies_;
};

}  // namespace insighta::postgres
