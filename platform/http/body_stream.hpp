#pragma once

#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace insighta::http {

/// A body in pieces, pulled by whoever consumes it: not pulling is the back-pressure. Dropping it
/// half-way ends the transfer.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  /// The next piece (never empty), nothing at the end. An error (too large, connection lost) ends
  /// the stream.
  virtual Task<Result<std::optional<std::string>>> next() = 0;
  /// Bytes to come in all, when known beforehand.
  virtual std::optional<std::uint64_t> length() const { return {}; }
};

}  // namespace insighta::http
