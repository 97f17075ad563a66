#include "identity/services/key_ring.hpp"

#include "identity/repositories/key_repository.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "platform/log/log.hpp"

#include <stdexcept>

namespace insighta::identity {

namespace {

constexpr std::string_view development_prefix = "dev-";
constexpr std::size_t kid_size = 16;

std::string kid_of(crypto::EcKey const& key, bool is_development) {
  auto const digest = crypto::sha256(key.x() + key.y());
  auto const text = crypto::base64url(crypto::as_bytes(digest)).substr(0, kid_size);
  return is_development ? std::string{development_prefix} + text : text;
}

void write_jwk(json::Writer& writer, std::string const& kid, crypto::EcKey const& key) {
  writer.begin_object()
      .member("kty", "EC")
      .member("use", "sig")
      .member("alg", "ES256")
      .member("crv", "P-256")
      .member("kid", kid)
      .member("x", crypto::base64url(key.x()))
      .member("y", crypto::base64url(key.y()))
      .end_object();
}

}  // namespace

/// Turns stored keys into a set.
struct KeyRing::Reader {
  std::string const& key_encryption_key;
  bool is_development;

  std::shared_ptr<Set const> read(std::vector<StoredKey> const& stored) const {
    auto set = std::make_shared<Set>();
    json::Writer writer(set->jwks);
    writer.begin_object().key("keys").begin_array();
    for (auto const& key : stored) {
      auto opened = std::make_shared<crypto::EcKey const>(open(key));
      write_jwk(writer, key.kid, *opened);
      if (key.state == "signing") set->signing_kid = key.kid;
      set->keys.emplace(key.kid, std::move(opened));
    }
    writer.end_array().end_object();
    return set;
  }

  crypto::EcKey open(StoredKey const& key) const {
    if (key.kid.starts_with(development_prefix) != is_development)
      throw std::runtime_error("the database holds signing keys of another environment");
    auto const der = crypto::open(key_encryption_key, key.sealed_private_key, key.kid);
    auto opened = der ? crypto::EcKey::from_private_der(*der) : std::nullopt;
    if (!opened) throw std::runtime_error("auth.key_encryption_key does not open the signing keys");
    return std::move(*opened);
  }
};

KeyRing::KeyRing(std::string key_encryption_key, bool is_development)
    : key_encryption_key_(std::move(key_encryption_key)), is_development_(is_development) {}

Task<void> KeyRing::load(KeyRepository& repository, Transactions& transactions,
                         Clock const& clock) {
  auto const prepare = [&](Transaction& tx) -> Task<Result<std::vector<StoredKey>>> {
    co_await repository.lock(tx);
    auto stored = co_await repository.list(tx);
    if (stored.empty()) {
      auto const key = crypto::EcKey::generate();
      auto const kid = kid_of(key, is_development_);
      stored.push_back(
          {.kid = kid,
           .state = "signing",
           .sealed_private_key = crypto::seal(key_encryption_key_, key.private_der(), kid),
           .created_at = clock.now()});
      co_await repository.insert(tx, stored.back());
    }
    co_return stored;
  };
  auto const stored = co_await transactions.run<std::vector<StoredKey>>(prepare);
  set_.store(Reader{key_encryption_key_, is_development_}.read(stored.value()));
}

Task<void> KeyRing::reload(KeyRepository& repository) {
  auto const next = Reader{key_encryption_key_, is_development_}.read(co_await repository.list());
  auto const present = set_.load();
  if (next->signing_kid.empty()) co_return;
  if (present && present->jwks == next->jwks && present->signing_kid == next->signing_kid)
    co_return;
  set_.store(next);
  log::info("signing keys changed", {{"kid", next->signing_kid}});
}

}  // namespace insighta::identity
