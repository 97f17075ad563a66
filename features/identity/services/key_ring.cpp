#include "identity/services/key_ring.hpp"

#include "identity/repositories/key_repository.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <stdexcept>

namespace insighta::identity {

namespace {

constexpr std::string_view development_prefix = "dev-";
constexpr std::size_t kid_size = 16;
constexpr std::int64_t extra_load_pause_ms = 200;

/// The beginning of the RFC 7638 thumbprint.
std::string kid_of(crypto::SignatureKey const& key, bool is_development) {
  std::string canonical;
  json::Writer writer(canonical);
  writer.begin_object();
  for (auto const& [name, value] : key.jwk_members()) writer.member(name, value);
  writer.end_object();
  auto const digest = crypto::sha256(canonical);
  auto const text = crypto::base64url(crypto::as_bytes(digest)).substr(0, kid_size);
  return is_development ? std::string{development_prefix} + text : text;
}

void write_jwk(json::Writer& writer, std::string const& kid, crypto::SignatureKey const& key) {
  writer.begin_object()
      .member("kid", kid)
      .member("use", "sig")
      .member("alg", to_string(key.algorithm()));
  for (auto const& [name, value] : key.jwk_members()) writer.member(name, value);
  writer.end_object();
}

bool is_same(KeyRing::Set const& set, std::vector<StoredKey> const& stored) {
  return set.keys.size() == stored.size() && std::ranges::all_of(stored, [&](StoredKey const& key) {
           return set.keys.contains(key.kid) &&
                  (key.state == KeyState::signing) == (key.kid == set.signing_kid);
         });
}

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

KeyRing::KeyRing(std::string key_encryption_key, bool is_development)
    : key_encryption_key_(std::move(key_encryption_key)), is_development_(is_development) {}

StoredKey KeyRing::seal(crypto::SignatureKey const& key) const {
  auto kid = kid_of(key, is_development_);
  auto sealed = crypto::seal(key_encryption_key_, key.private_der(), kid);
  return {.kid = std::move(kid), .sealed_private_key = std::move(sealed)};
}

std::shared_ptr<crypto::SignatureKey const> KeyRing::open(StoredKey const& stored) const {
  if (stored.kid.starts_with(development_prefix) != is_development_)
    throw std::runtime_error("the database holds signing keys of another environment");
  auto const der = crypto::open(key_encryption_key_, stored.sealed_private_key, stored.kid);
  auto opened = der ? crypto::SignatureKey::from_private_der(*der) : std::nullopt;
  if (!opened) throw std::runtime_error("auth.key_encryption_key does not open the signing keys");
  return std::make_shared<crypto::SignatureKey const>(std::move(*opened));
}

Task<void> KeyRing::load(KeyRepository& repository) {
  auto const stored = co_await repository.list();
  auto const present = set_.load();
  if (present && is_same(*present, stored)) co_return;
  auto set = std::make_shared<Set>();
  json::Writer writer(set->jwks);
  writer.begin_object().key("keys").begin_array();
  for (auto const& key : stored) {
    auto opened = open(key);
    write_jwk(writer, key.kid, *opened);
    if (key.state == KeyState::signing) set->signing_kid = key.kid;
    set->keys.emplace(key.kid, std::move(opened));
  }
  writer.end_array().end_object();
  if (set->signing_kid.empty()) throw std::runtime_error("there is no signing key");
  log::info("signing keys", {{"kid", set->signing_kid}});
  set_.store(std::move(set));
}

Task<bool> KeyRing::load_for_unknown_key(KeyRepository& repository) {
  auto const now = steady_ms();
  auto last = last_extra_load_ms_.load();
  if (now - last < extra_load_pause_ms || !last_extra_load_ms_.compare_exchange_strong(last, now))
    co_return false;
  co_await load(repository);
  co_return true;
}

}  // namespace insighta::identity
