#include "identity/services/key_rotation.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/key_repository.hpp"
#include "identity/services/key_ring.hpp"
#include "platform/crypto/crypto.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

std::vector<KeyFacts> facts_of(std::vector<StoredKey> const& stored) {
  std::vector<KeyFacts> keys;
  for (auto const& key : stored)
    keys.push_back({.kid = key.kid, .state = key.state, .since = key.since});
  return keys;
}

}  // namespace

Task<void> KeyRotation::run() {
  auto const now = clock_.now();
  // Most of the time there is nothing to do, and no lock to take for it.
  auto const seen = plan_rotation(co_await list(), now, settings_.rotation);
  if (seen.is_empty()) co_return;
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await repository_.lock(tx);
    auto const keys = facts_of(co_await repository_.list(tx));
    co_await carry_out(tx, plan_rotation(keys, now, settings_.rotation), now);
    co_return true;
  };
  (void)co_await transactions_.run<bool>(body);  // the body gives no error
}

Task<void> KeyRotation::carry_out(Transaction& tx, KeyPlan const& plan, Instant now) {
  for (auto const& kid : plan.drop) co_await repository_.remove(tx, kid);
  if (plan.retire) co_await repository_.change_state(tx, *plan.retire, KeyState::retired, now);
  if (plan.promote) {
    co_await repository_.change_state(tx, *plan.promote, KeyState::signing, now);
    co_await note(tx, "rotation", *plan.promote, now);
  }
  if (!plan.make) co_return;
  auto const kid = co_await make(tx, *plan.make, now);
  if (plan.make == KeyState::signing) co_await note(tx, "new", kid, now);
}

Task<std::string> KeyRotation::make(Transaction& tx, KeyState state, Instant now) {
  auto key = ring_.seal(crypto::SignatureKey::generate(settings_.algorithm));
  key.state = state;
  key.since = now;
  co_await repository_.insert(tx, key);
  co_return key.kid;
}

Task<void> KeyRotation::note(Transaction& tx, std::string_view how, std::string_view kid,
                             Instant now) {
  co_await audit_.append(tx, {.at = now,
                              .action = "keys_rotated",
                              .actor = {},
                              .target = {},
                              .address = {},
                              .request_id = {},
                              .details = {{"how", std::string{how}}, {"kid", std::string{kid}}}});
}

Task<Instant> KeyRotation::begin() {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<Instant>> {
    co_await repository_.lock(tx);
    for (auto const& key : co_await repository_.list(tx))
      if (key.state == KeyState::published) co_return key.since + published_before_signing;
    auto const kid = co_await make(tx, KeyState::published, now);
    co_await note(tx, "requested", kid, now);
    co_return now + published_before_signing;
  };
  co_return (co_await transactions_.run<Instant>(body)).value();
}

Task<void> KeyRotation::replace_all() {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await repository_.lock(tx);
    co_await repository_.remove_all(tx);
    auto const kid = co_await make(tx, KeyState::signing, now);
    co_await note(tx, "emergency", kid, now);
    co_return true;
  };
  (void)co_await transactions_.run<bool>(body);  // the body gives no error
}

Task<std::vector<KeyFacts>> KeyRotation::list() {
  co_return facts_of(co_await repository_.list());
}

}  // namespace insighta::identity
