#pragma once

#include "platform/http/call_counts.hpp"

namespace insighta::redis {

class Connection;

/// Counts calls for all replicas that use one Redis: one key there for each of ours, gone when its
/// window is over. One round trip per call.
class CallCounts final : public http::SharedCallCounts {
 public:
  explicit CallCounts(Connection& connection) : connection_(connection) {}

  Task<std::optional<http::CallCount>> add(std::string_view key) override;

 private:
  Connection& connection_;
};

}  // namespace insighta::redis
