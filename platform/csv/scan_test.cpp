#include "platform/csv/scan.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace insighta::csv {
namespace {

RC_GTEST_PROP(FindFirst, gives_the_same_in_blocks_and_by_bytes, ()) {
  auto const text = *rc::gen::container<std::string>(rc::gen::weightedElement<char>(
      {{60, 'a'}, {10, '\x80'}, {1, ','}, {1, '"'}, {1, '\n'}, {1, '\0'}}));
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(1)) {
    RC_ASSERT((find_first<',', '"', '\n', '\0'>(rest)) ==
              (find_first_by_bytes<',', '"', '\n', '\0'>(rest)));
    RC_ASSERT(find_first<'"'>(rest) == std::min(rest.find('"'), rest.size()));
  }
}

TEST(FindFirst, finds_every_place_of_a_block) {
  for (std::size_t at = 0; at < 40; ++at) {
    std::string text(40, 'x');
    EXPECT_EQ((find_first<',', '\0'>(text)), text.size());
    text[at] = '\0';
    EXPECT_EQ((find_first<',', '\0'>(text)), at);
  }
  EXPECT_EQ(find_first<','>(""), 0U);
}

}  // namespace
}  // namespace insighta::csv
