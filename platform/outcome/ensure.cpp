#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

namespace insighta {

void ensure(bool holds, std::string_view what, std::source_location where) {
  if (holds) return;
  throw BrokenInvariant(fmt::format("{}:{}: {}", where.file_name(), where.line(), what));
}

}  // namespace insighta
