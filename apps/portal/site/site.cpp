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

}  // namespace

std::string Site::form_token(Session const& session) const {
  auto const digest = crypto::hmac_sha256(form_key, session.id_hash);
  return crypto::base64url(crypto::as_bytes(digest));
}

std::string Site::upload_token(Session const& session, std::string_view import_id) const {
  auto const digest = crypto::hmac_sha256(form_key, session.id_hash + std::string{import_id});
  return crypto::base64url(crypto::as_bytes(digest));
}

std::string Site::session_cookie_name() const {
  return cookie_name(config, "sid");
}

std::string Site::sign_in_cookie_prefix() const {
  return cookie_name(config, "tx") + "-";
}

}  // namespace insighta::portal
