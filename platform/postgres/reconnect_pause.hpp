#pragma once

#include <chrono>
#include <string>

namespace insighta::postgres {

/// Keeps callers from knocking at a closed door: after a failed attempt to connect, further ones
/// are refused at once for a while that doubles up to a second, so that service is back soon after
/// the database is.
class ReconnectPause {
 public:
  /// Throws Unavailable while the pause lasts.
  void check() const;
  void failed(std::string reason);
  void succeeded();
  /// Why the last attempt failed.
  std::string const& reason() const { return reason_; }

 private:
  std::chrono::steady_clock::time_point until_{};
  std::chrono::milliseconds next_{0};
  std::string reason_;
};

}  // namespace insighta::postgres
