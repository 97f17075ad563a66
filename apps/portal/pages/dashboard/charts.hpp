#pragma once

#include "backend/answers.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace insighta::portal {

/// One column of a chart, in the units of its drawing.
struct Column {
  std::string label;
  std::int64_t count = 0;
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

/// Columns side by side in a drawing of `width` by `height` units, the highest as high as it.
std::vector<Column> columns_of(std::vector<std::pair<std::string, std::int64_t>> const& counts,
                               int width, int height);

struct AgeBand {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t count = 0;
};

/// Ages in bands of five years, from the first to the last that anybody has; empty ones between
/// them too.
std::vector<AgeBand> age_bands(Statistics const& statistics);

/// How dark a country is drawn, 1 to 5, by the square root: few are seen beside many.
int shade_of(std::int64_t count, std::int64_t most);
/// The smallest count of that shade.
std::int64_t least_of_shade(int shade, std::int64_t most);

}  // namespace insighta::portal
