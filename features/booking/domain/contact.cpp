#include "booking/domain/contact.hpp"

#include <algorithm>
#include <array>

namespace insighta::booking {

namespace {
constexpr std::array<std::string_view, 6> words = {"google_meet", "zoom",     "phone",
                                                   "messenger",   "whatsapp", "imessage"};
constexpr std::size_t longest_handle = 254;

bool is_control(char c) {
  return (c >= 0 && c < ' ') || c == 0x7f;
}
}  // namespace

std::string_view to_string(ContactMode mode) {
  return words[static_cast<std::size_t>(mode)];
}

std::optional<ContactMode> parse_contact_mode(std::string_view text) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == text) return static_cast<ContactMode>(i);
  return {};
}

bool is_phone_number(std::string_view text) {
  if (text.size() < 8 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
  return std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string_view> fault_of_handle(Contact const& contact) {
  if (contact.handle.empty() || characters_in(contact.handle) > longest_handle)
    return "must be 1 to 254 characters";
  if (std::ranges::any_of(contact.handle, is_control)) return "must have no control characters";
  if (contact.mode == ContactMode::phone && !is_phone_number(contact.handle))
    return "must be a phone number in the form +15551234567";
  return {};
}

std::size_t characters_in(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace insighta::booking
