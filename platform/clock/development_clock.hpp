#pragma once

#ifdef INSIGHTA_DEVELOPMENT

#include "platform/clock/clock.hpp"

#include <atomic>
#include <filesystem>

namespace insighta {

/// The clock of a development instance: eight bytes in a file that every process of the instance
/// maps, so that a new time is everyone's at once. 0 = the machine's time, else microseconds
/// since 1970 at which time stands still. Not part of a release build.
class DevelopmentClock final : public Clock {
 public:
  /// Creates the file when it is missing; throws std::system_error when it cannot be mapped.
  explicit DevelopmentClock(std::filesystem::path const& file);
  ~DevelopmentClock() override;
  DevelopmentClock(DevelopmentClock const&) = delete;
  DevelopmentClock& operator=(DevelopmentClock const&) = delete;

  Instant now() const override;
  void freeze_at(Instant instant);
  void follow_system();

 private:
  std::atomic<std::int64_t>* frozen_at_us_;
};

}  // namespace insighta

#endif
