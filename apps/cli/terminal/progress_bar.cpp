#include "terminal/progress_bar.hpp"

#include "files/private_files.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

namespace insighta::cli {

namespace {

constexpr std::size_t bar_cells = 24;
constexpr auto redraw_interval = std::chrono::milliseconds{100};

std::string amount(double count, Unit unit) {
  if (unit == Unit::rows) return fmt::format("{:.0f}", count);
  if (count < 1e3) return fmt::format("{:.0f} B", count);
  if (count < 1e6) return fmt::format("{:.1f} kB", count / 1e3);
  if (count < 1e9) return fmt::format("{:.1f} MB", count / 1e6);
  return fmt::format("{:.2f} GB", count / 1e9);
}

std::string clock_time(double seconds) {
  auto const whole = static_cast<long>(seconds + 0.5);
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string bar_of(double share) {
  auto const filled = static_cast<std::size_t>(share * static_cast<double>(bar_cells));
  std::string bar(filled, '=');
  if (filled < bar_cells) bar += '>';
  bar.resize(bar_cells, ' ');
  return "[" + bar + "]";
}

std::size_t error_width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

bool can_redraw() {
  char const* const kind = std::getenv("TERM");
  bool const is_dumb = kind == nullptr || std::string_view{kind} == "dumb";
  return !is_dumb && terminal::is_terminal(STDERR_FILENO);
}

}  // namespace

std::string progress_line(std::string_view title, Unit unit, ProgressState const& state,
                          std::size_t width) {
  double const seconds = std::max(state.elapsed.count(), 0.001);
  double const done = static_cast<double>(state.done);
  double const rate = done / seconds;
  std::string const unit_word = unit == Unit::rows ? " rows" : "";
  std::string line{title};
  if (state.total && *state.total > 0) {
    double const total = static_cast<double>(*state.total);
    double const share = std::clamp(done / total, 0.0, 1.0);
    line += fmt::format("  {} {:3.0f}%  {} of {}{}", bar_of(share), share * 100, amount(done, unit),
                        amount(total, unit), unit_word);
    line += fmt::format("  {}{}/s", amount(rate, unit), unit_word);
    double const left = std::max(total - done, 0.0);
    if (rate > 0) line += fmt::format("  {} left", clock_time(left / rate));
  } else {
    line += fmt::format("  {}{}  {}{}/s  {}", amount(done, unit), unit_word, amount(rate, unit),
                        unit_word, clock_time(seconds));
  }
  return line.substr(0, width);
}

ProgressBar::ProgressBar(std::string title, Unit unit, std::optional<std::uint64_t> total)
    : title_(std::move(title)), unit_(unit), total_(total), is_shown_(can_redraw()) {}

ProgressBar::~ProgressBar() {
  if (is_shown_ && last_draw_ != SteadyClock::time_point{}) draw("");
}

void ProgressBar::update(std::uint64_t done) {
  if (!is_shown_ || !is_due()) return;
  ProgressState const state{.done = done, .total = total_, .elapsed = last_draw_ - started_};
  draw(progress_line(title_, unit_, state, error_width() - 1));
}

void ProgressBar::wait_for(std::string_view what) {
  if (!is_shown_ || !is_due()) return;
  std::chrono::duration<double> const elapsed = last_draw_ - started_;
  draw(fmt::format("{}  {}  {}", title_, what, clock_time(elapsed.count()))
           .substr(0, error_width() - 1));
}

bool ProgressBar::is_due() {
  auto const now = SteadyClock::now();
  if (now - last_draw_ < redraw_interval) return false;
  last_draw_ = now;
  return true;
}

void ProgressBar::draw(std::string_view line) {
  // Back to the first column, the line, then wipe what the last one left behind.
  static_cast<void>(write_all(STDERR_FILENO, fmt::format("\r{}\x1b[K", line), "standard error"));
}

}  // namespace insighta::cli
