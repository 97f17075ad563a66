#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace insighta {

/// A UTC instant with PostgreSQL's resolution.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// The time of day that business rules see. Injected; SQL's now() is never used for business time.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// A clock for tests: stands still until moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_; }
  void set(Instant now) { now_ = now; }
  void advance(std::chrono::microseconds by) { now_ += by; }

 private:
  Instant now_;
};

/// `YYYY-MM-DDTHH:MM:SSZ` (RFC 3339, whole seconds, as every answer of the API shows instants).
std::string to_rfc3339(Instant instant);
/// The same behind what is there.
void append_rfc3339(std::string& text, Instant instant);
/// The same with milliseconds.
std::string to_rfc3339_ms(Instant instant);
/// Any RFC 3339 instant, fraction and offset included; nothing when it is not one.
std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace insighta
