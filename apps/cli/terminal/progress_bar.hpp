#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::cli {

enum class Unit { bytes, rows };

struct ProgressState {
  std::uint64_t done = 0;
  std::optional<std::uint64_t> total;
  std::chrono::duration<double> elapsed{0};
};

/// `Importing  [=====>    ]  42%  12.0 MB of 28.7 MB  8.1 MB/s  0:02 left`, cut to `width` columns.
std::string progress_line(std::string_view title, Unit unit, ProgressState const& state,
                          std::size_t width);

/// Draws that line on standard error while something is transferred, when standard error is a
/// terminal; otherwise it does nothing. The line is wiped when the bar goes.
class ProgressBar {
 public:
  ProgressBar(std::string title, Unit unit, std::optional<std::uint64_t> total);
  ~ProgressBar();
  ProgressBar(ProgressBar&&) = delete;

  /// Cheap enough to be called for every piece: draws ten times a second at most.
  void update(std::uint64_t done);
  /// The title and the time so far, when what is left has no measure.
  void wait_for(std::string_view what);

 private:
  using SteadyClock = std::chrono::steady_clock;

  bool is_due();
  void draw(std::string_view line);

  std::string title_;
  Unit unit_;
  std::optional<std::uint64_t> total_;
  bool is_shown_;
  SteadyClock::time_point started_ = SteadyClock::now();
  SteadyClock::time_point last_draw_{};
};

}  // namespace insighta::cli
