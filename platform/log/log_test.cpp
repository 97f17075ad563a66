#include "platform/log/log.hpp"

#include <gtest/gtest.h>

namespace insighta::log {
namespace {

TEST(Redact, replaces_tokens_wherever_they_stand) {
  EXPECT_EQ(redact("token=irt_AAAAAAAAAAAAAAAAAAAAAAAA next"), "token=irt_[redacted] next");
  EXPECT_EQ(redact("secret=ics_AAAAAAAAAAAAAAAAAAAAAAAA"), "secret=ics_[redacted]");
  EXPECT_EQ(redact("Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl"), "Bearer eyJ[redacted]");
  EXPECT_EQ(redact("\"gho_0123456789012345678901234567890123456\""), "\"gho_[redacted]\"");
}

TEST(Redact, leaves_ordinary_words_alone) {
  EXPECT_EQ(redact("the word eyJ and irt_ alone"), "the word eyJ and irt_ alone");
  EXPECT_EQ(redact("path=/api/v1/profiles status=200"), "path=/api/v1/profiles status=200");
}

}  // namespace
}  // namespace insighta::log
