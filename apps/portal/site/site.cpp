#include "site/site.hpp"

#include "platform/crypto/crypto.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

/// Cookies know no ports: copies on one development host would sign each other out.
std::string cookie_name(Config const& config, std::string_view name) {
  if (config.is_development) return fmt::format("__Host-Http-{}-{}", name, config.port);
  return fmt::format("__Host-Http-{}", name);
}

constexpr std::size_t mask_bytes = 32;

std::string secret_of(std::string_view key, Session const& session, std::string_view import_id) {
  auto const digest = crypto::hmac_sha256(key, session.id_hash + std::string{import_id});
  return std::string{crypto::as_bytes(digest)};
}

std::string masked(std::string text, std::string_view mask) {
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(text[i] ^ mask[i]);
  return text;
}

}  // namespace

std::string Site::form_token(Session const& session, std::string_view import_id) const {
  auto const mask = crypto::random_bytes(mask_bytes);
  return crypto::base64url(mask + masked(secret_of(form_key, session, import_id), mask));
}

bool Site::is_form_token(std::string_view text, Session const& session,
                         std::string_view import_id) const {
  auto const token = crypto::base64url_decode(text);
  if (!token || token->size() != 2 * mask_bytes) return false;
  auto const secret = masked(token->substr(mask_bytes), token->substr(0, mask_bytes));
  return crypto::equal_in_constant_time(secret, secret_of(form_key, session, import_id));
}

std::string Site::session_cookie_name() const {
  return cookie_name(config, "sid");
}

std::string Site::sign_in_cookie_prefix() const {
  return cookie_name(config, "tx") + "-";
}

}  // namespace insighta::portal
