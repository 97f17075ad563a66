#include "site/site.hpp"

#include <gtest/gtest.h>

namespace insighta::portal {
namespace {

class FormToken : public ::testing::Test {
 protected:
  static Session session_of(std::string id_hash) {
    Session session;
    session.id_hash = std::move(id_hash);
    return session;
  }

  Config config_;
  SystemClock clock_;
  html::Templates templates_{{}};
  Site site_{config_, clock_, templates_, "key"};
  Session session_ = session_of("one");
};

TEST_F(FormToken, is_good_for_its_session_and_never_the_same_text) {
  auto const token = site_.form_token(session_);
  EXPECT_TRUE(site_.is_form_token(token, session_));
  EXPECT_NE(token, site_.form_token(session_));
  EXPECT_FALSE(site_.is_form_token(token, session_of("two")));
}

TEST_F(FormToken, of_an_upload_is_good_for_that_one_only) {
  auto const token = site_.form_token(session_, "a");
  EXPECT_TRUE(site_.is_form_token(token, session_, "a"));
  EXPECT_FALSE(site_.is_form_token(token, session_, "b"));
  EXPECT_FALSE(site_.is_form_token(token, session_));
}

TEST_F(FormToken, is_nothing_else) {
  for (auto const* const text : {"", "forged", "AAAA", "====", "%00"})
    EXPECT_FALSE(site_.is_form_token(text, session_)) << text;
}

}  // namespace
}  // namespace insighta::portal
