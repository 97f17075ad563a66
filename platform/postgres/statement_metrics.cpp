#include "platform/postgres/statement_metrics.hpp"

namespace insighta::postgres {

void StatementMetrics::statement_took(std::string_view name, std::chrono::nanoseconds time) {
  // What follows a space tells texts of one query apart.
  name = name.substr(0, name.find(' '));
  if (name.empty()) name = "unnamed";
  auto known = latencies_.find(name);
  if (known == latencies_.end()) {
    auto& histogram = registry_.latency("insighta_database_statement_seconds",
                                        "From asking to the whole answer, by query.",
                                        {{"query", std::string(name)}});
    known = latencies_.emplace(std::string(name), &histogram).first;
  }
  known->second->observe(std::chrono::duration<double>(time).count());
}

void StatementMetrics::connection_opened(std::string_view kind) {
  connections(kind).add(1);
}

void StatementMetrics::connection_closed(std::string_view kind) {
  connections(kind).add(-1);
}

metrics::Gauge& StatementMetrics::connections(std::string_view kind) {
  return registry_.gauge("insighta_database_connections", "Open connections to PostgreSQL.",
                         {{"kind", std::string(kind)}});
}

}  // namespace insighta::postgres
