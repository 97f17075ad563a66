#include "site/links.hpp"

#include <gtest/gtest.h>

namespace insighta::portal {
namespace {

TEST(SafeReturnTo, keeps_paths_of_this_site) {
  EXPECT_EQ(safe_return_to("/profiles?page=2&gender=male"), "/profiles?page=2&gender=male");
}

TEST(SafeReturnTo, is_home_for_whatever_may_leave_it) {
  for (auto const* const wanted :
       {"", "/", "//evil.example", "/\\evil.example", "https://evil.example", "evil", "\\\\evil",
        "/\t/evil.example", "/\n/evil.example", " /profiles", "javascript:alert(1)"})
    EXPECT_EQ(safe_return_to(wanted), "/") << wanted;
}

TEST(Links, edit_one_pair_and_keep_the_others) {
  http::Pairs const pairs = {{"gender", "male"}, {"page", "3"}};
  EXPECT_EQ(link_to("/profiles", with(pairs, "gender", "female")),
            "/profiles?gender=female&page=3");
  EXPECT_EQ(link_to("/profiles", without(pairs, "page")), "/profiles?gender=male");
  EXPECT_EQ(link_to("/profiles", {}), "/profiles");
}

}  // namespace
}  // namespace insighta::portal
