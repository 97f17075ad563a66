#include "pages/dashboard/charts.hpp"

#include <algorithm>
#include <cmath>

namespace insighta::portal {

namespace {

constexpr int shades = 5;
constexpr std::int64_t band_years = 5;

constexpr int widest_column = 48;

}  // namespace

std::vector<Column> columns_of(std::vector<std::pair<std::string, std::int64_t>> const& counts,
                               int width, int height) {
  std::vector<Column> columns;
  if (counts.empty()) return columns;
  std::int64_t most = 1;
  for (auto const& [label, count] : counts) most = std::max(most, count);
  auto const step = static_cast<double>(width) / static_cast<double>(counts.size());
  auto const gap = step > 6 ? 2 : 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    auto const& [label, count] = counts[i];
    auto const left = static_cast<int>(std::lround(step * static_cast<double>(i)));
    auto const right = static_cast<int>(std::lround(step * static_cast<double>(i + 1)));
    auto tall = static_cast<int>(std::lround(
        static_cast<double>(height) * static_cast<double>(count) / static_cast<double>(most)));
    if (count > 0) tall = std::max(tall, 1);
    auto const place = std::max(1, right - left - gap);
    auto const wide = std::min(place, widest_column);  // few columns are no wall
    columns.push_back({label, count, left + (place - wide) / 2, height - tall, wide, tall});
  }
  return columns;
}

std::vector<AgeBand> age_bands(Statistics const& statistics) {
  std::vector<AgeBand> bands;
  for (auto const& [age, count] : statistics.age) {
    if (count == 0) continue;
    auto const from = age / band_years * band_years;
    if (bands.empty()) bands.push_back({from, from + band_years - 1, 0});
    while (bands.back().from < from) {
      auto const next = bands.back().from + band_years;
      bands.push_back({next, next + band_years - 1, 0});
    }
    bands.back().count += count;
  }
  return bands;
}

int shade_of(std::int64_t count, std::int64_t most) {
  if (count <= 0 || most <= 0) return 0;
  auto const ratio = std::sqrt(static_cast<double>(count) / static_cast<double>(most));
  return std::clamp(static_cast<int>(std::ceil(ratio * shades - 1e-9)), 1, shades);
}

std::int64_t least_of_shade(int shade, std::int64_t most) {
  std::int64_t low = 1;
  std::int64_t high = std::max<std::int64_t>(most, 1);
  while (low < high) {
    auto const middle = low + (high - low) / 2;
    if (shade_of(middle, most) >= shade)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

}  // namespace insighta::portal
