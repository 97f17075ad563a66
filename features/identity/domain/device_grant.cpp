#include "identity/domain/device_grant.hpp"

namespace insighta::identity {

bool is_too_early(DeviceGrant const& grant, Instant now) {
  return grant.last_polled_at && now - *grant.last_polled_at < grant.interval * 4 / 5;
}

std::optional<std::string> read_user_code(std::string_view typed) {
  std::string letters;
  for (char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!user_code_letters.contains(c) || letters.size() == user_code_size) return {};
    letters += c;
  }
  if (letters.size() != user_code_size) return {};
  return letters;
}

std::string shown_user_code(std::string_view letters) {
  return std::string{letters.substr(0, 4)} + "-" + std::string{letters.substr(4)};
}

}  // namespace insighta::identity
