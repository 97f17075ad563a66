#pragma once

#include <source_location>
#include <stdexcept>
#include <string_view>

namespace insighta {

/// We broke: an invariant of ours does not hold. Fails the request (answered 500), never hidden.
class BrokenInvariant : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void throw_broken_invariant(std::string_view what, std::source_location where);

/// Throws BrokenInvariant naming the place unless `holds`.
inline void ensure(bool holds, std::string_view what,
                   std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    throw_broken_invariant(what, where);
}

}  // namespace insighta
