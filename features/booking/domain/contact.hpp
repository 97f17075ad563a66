#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::booking {

/// Where a call or a session takes place.
enum class ContactMode : std::uint8_t { google_meet, zoom, phone, messenger, whatsapp, imessage };
std::string_view to_string(ContactMode mode);
std::optional<ContactMode> parse_contact_mode(std::string_view text);
/// "google_meet, zoom, phone, messenger, whatsapp or imessage".
inline constexpr std::string_view contact_modes =
    "google_meet, zoom, phone, messenger, whatsapp or imessage";

/// How the client is reached there.
struct Contact {
  ContactMode mode = ContactMode::zoom;
  std::string handle;  ///< 1..254 characters; a phone number for `phone` (E.164)
};

/// E.164: + and 7 to 15 digits, the first of them not 0.
bool is_phone_number(std::string_view text);
/// What is wrong with the handle, in words; nothing when it is good.
std::optional<std::string_view> fault_of_handle(Contact const& contact);
/// Unicode code points.
std::size_t characters_in(std::string_view utf8);

}  // namespace insighta::booking
