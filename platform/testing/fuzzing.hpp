#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace insighta::fuzzing {

/// Ends the fuzzer, which then keeps its input, when something that must hold does not.
inline void must(bool holds, char const* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// The bytes of one run: some choices first, the rest is the text.
class Input {
 public:
  Input(std::uint8_t const* data, std::size_t size)
      : rest_(reinterpret_cast<char const*>(data), size) {}

  /// From 0 to 255; 0 when nothing is left.
  std::size_t choice() {
    if (rest_.empty()) return 0;
    auto const byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// Calls `take` with the text in pieces of `size` bytes.
template <class Take>
void in_pieces(std::string_view text, std::size_t size, Take take) {
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) take(text.substr(0, size));
}

}  // namespace insighta::fuzzing
