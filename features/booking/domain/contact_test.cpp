#include "booking/domain/contact.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

TEST(APhoneNumber, is_a_plus_and_seven_to_fifteen_digits) {
  for (auto const* text : {"+1234567", "+15551234567", "+123456789012345"})
    EXPECT_TRUE(is_phone_number(text)) << text;
  for (auto const* text : {"", "+", "+123456", "+1234567890123456", "15551234567", "+0123456789",
                           "+1555 123456", "+1555-123456", "++15551234567", "+1555123456a"})
    EXPECT_FALSE(is_phone_number(text)) << text;
  EXPECT_FALSE(is_phone_number("+" + std::string(9000, '1')));
}

TEST(AHandle, is_a_number_for_a_phone_and_any_short_text_else) {
  EXPECT_FALSE(fault_of_handle({ContactMode::phone, "+15551234567"}));
  EXPECT_TRUE(fault_of_handle({ContactMode::phone, "somebody"}));
  EXPECT_FALSE(fault_of_handle({ContactMode::zoom, "somebody"}));
  EXPECT_TRUE(fault_of_handle({ContactMode::zoom, ""}));
  EXPECT_FALSE(fault_of_handle({ContactMode::zoom, "jürgen"}));
  for (auto const* text : {"a\nb", "\x1b[2J", "a\x7f"})
    EXPECT_TRUE(fault_of_handle({ContactMode::zoom, text}));
  EXPECT_FALSE(fault_of_handle({ContactMode::whatsapp, std::string(254, 'x')}));
  EXPECT_TRUE(fault_of_handle({ContactMode::whatsapp, std::string(255, 'x')}));
}

TEST(Characters, are_code_points) {
  EXPECT_EQ(characters_in(""), 0U);
  EXPECT_EQ(characters_in("abc"), 3U);
  EXPECT_EQ(characters_in("äöü"), 3U);
  EXPECT_EQ(characters_in("🏋"), 1U);
}

TEST(AContactMode, is_read_and_written_the_same) {
  for (auto const mode : {ContactMode::google_meet, ContactMode::zoom, ContactMode::phone,
                          ContactMode::messenger, ContactMode::whatsapp, ContactMode::imessage})
    EXPECT_EQ(parse_contact_mode(to_string(mode)), mode);
  EXPECT_FALSE(parse_contact_mode("telegram"));
}

}  // namespace
}  // namespace insighta::booking
