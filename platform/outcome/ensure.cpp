#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

namespace insighta {

void throw_broken_invariant(std::string_view what, std::source_location where) {
  throw BrokenInvariant(fmt::format("{}:{}: {}", where.file_name(), where.line(), what));
}

}  // namespace insighta
