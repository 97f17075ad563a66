#pragma once

#include <algorithm>
#include <string_view>

namespace insighta::identity {

namespace pkce_detail {
inline bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}
}  // namespace pkce_detail

/// An S256 challenge: base64url of 32 bytes, unpadded (RFC 7636 section 4.2).
inline bool is_code_challenge(std::string_view text) {
  return text.size() == 43 && std::ranges::all_of(text, [](char c) {
           return pkce_detail::is_unreserved(c) && c != '.' && c != '~';
         });
}

/// 43 to 128 unreserved characters (RFC 7636 section 4.1).
inline bool is_code_verifier(std::string_view text) {
  return text.size() >= 43 && text.size() <= 128 &&
         std::ranges::all_of(text, pkce_detail::is_unreserved);
}

}  // namespace insighta::identity
