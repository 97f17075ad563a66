#include "identity/services/key_ring.hpp"

#include "identity/repositories/key_repository.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <stdexcept>

namespace insighta::identity {

namespace {

constexpr std::string_view development_prefix = "dev-";
constexpr std::size_t kid_size = 16;
constexpr std::int64_t pause_between_ms = 100;
constexpr auto look_again = std::chrono::milliseconds{10};

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
  auto const turn = ++last_begun_;
  auto const stored = co_await repository.list();
  std::lock_guard const lock(finishing_);
  if (turn < last_done_) co_return;
  auto const present = set_.load();
  if (!present || !is_same(*present, stored)) {
    auto set = read(stored);
    log::info("signing keys", {{"kid", set->signing_kid}});
    set_.store(std::move(set));
  }
  last_done_ = turn;
}

std::shared_ptr<KeyRing::Set const> KeyRing::read(std::vector<StoredKey> const& stored) const {
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
  return set;
}

Task<void> KeyRing::load_anew(KeyRepository& repository, EventLoop& loop) {
  auto const wanted = last_begun_ + 1;
  while (last_done_ < wanted) {
    if (!may_load_anew()) {
      co_await loop.sleep_for(look_again);
      continue;
    }
    try {
      co_await load(repository);
    } catch (...) {
      last_anew_ms_ = 0;  // the others who wait have no reason to wait longer
      throw;
    }
  }
}

bool KeyRing::may_load_anew() {
  auto const now = steady_ms();
  auto last = last_anew_ms_.load();
  return now - last >= pause_between_ms && last_anew_ms_.compare_exchange_strong(last, now);
}

}  // namespace insighta::identity
