#pragma once

#include <cstddef>
#include <string_view>

#ifdef __SSE2__
#include <bit>
#include <emmintrin.h>
#endif

namespace insighta::csv {

/// One byte after the other, from `at` on: what find_first is on other processors.
template <char... Wanted>
std::size_t find_first_by_bytes(std::string_view text, std::size_t at = 0) {
  while (at < text.size() && ((text[at] != Wanted) && ...)) ++at;
  return at;
}

/// The place of the first of these bytes; the size of the text when there is none. Sixteen at a
/// time where the processor can: a reader of CSV spends its time here.
template <char... Wanted>
std::size_t find_first(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + sizeof(__m128i) <= text.size(); at += sizeof(__m128i)) {
    auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + at));
    auto const found = (_mm_cmpeq_epi8(block, _mm_set1_epi8(Wanted)) | ...);
    auto const mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  return find_first_by_bytes<Wanted...>(text, at);
}

}  // namespace insighta::csv
