#include "identity/services/device_service.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/device_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/client_service.hpp"
#include "identity/services/consent_service.hpp"
#include "identity/services/secrets.hpp"
#include "platform/crypto/crypto.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;

constexpr auto grant_lifetime = 600s;
constexpr auto first_interval = 5s;
constexpr auto slowed_by = 5s;
constexpr auto fresh_sign_in = 10min;
constexpr std::int64_t max_wrong_of_session = 5;
constexpr std::int64_t max_wrong_of_address = 10;
constexpr std::int64_t max_wrong_of_all = 100;

/// Every letter equally likely: bytes beyond the last whole multiple are thrown away.
std::string new_user_code() {
  constexpr auto letters = user_code_letters.size();
  constexpr auto limit = 256 / letters * letters;
  std::string code;
  while (code.size() < user_code_size)
    for (unsigned char const byte : crypto::random_bytes(2 * user_code_size))
      if (byte < limit && code.size() < user_code_size) code += user_code_letters[byte % letters];
  return code;
}

Error refused(std::string code, std::string description) {
  return bad_request(std::move(description), std::move(code));
}

Error unknown_code() {
  return not_found("No device shows this code now. Look at it again; codes live ten minutes");
}

Error too_many_codes() {
  return {.kind = ErrorKind::too_many_requests,
          .code = "RATE_LIMITED",
          .message = "Too many wrong codes; try again later",
          .retry_after = 600s};
}

}  // namespace

DeviceService::DeviceService(Settings const& settings, DeviceRepository& devices,
                             ClientService& clients, ConsentService& consents,
                             UserRepository& users, SessionOpener& opener, AuditRepository& audit,
                             Transactions& transactions, Clock const& clock)
    : settings_(settings),
      devices_(devices),
      clients_(clients),
      consents_(consents),
      users_(users),
      opener_(opener),
      audit_(audit),
      transactions_(transactions),
      clock_(clock) {}

Task<BegunDeviceGrant> DeviceService::begin(Client const& client, std::vector<Scope> scopes,
                                            Origin const& origin) {
  auto const now = clock_.now();
  auto const device_code = new_secret();
  DeviceGrant grant{.device_code_hash = hash_of(device_code),
                    .user_code_hash = {},
                    .client_id = client.id,
                    .scopes = std::move(scopes),
                    .origin = origin,
                    .created_at = now,
                    .expires_at = now + grant_lifetime,
                    .interval = first_interval};
  std::string letters;
  do {
    letters = new_user_code();
    grant.user_code_hash = hash_of_user_code(letters);
  } while (!co_await devices_.insert(grant));
  co_return BegunDeviceGrant{.device_code = device_code,
                             .user_code = shown_user_code(letters),
                             .expires_in = grant_lifetime,
                             .interval = first_interval};
}

/// There are few enough user codes to try all of them against a plain hash.
std::string DeviceService::hash_of_user_code(std::string_view letters) const {
  auto const key = crypto::derive_key(settings_.key_encryption_key, "insighta user code");
  return std::string{crypto::as_bytes(crypto::hmac_sha256(key, letters))};
}

Task<Result<IssuedTokens>> DeviceService::redeem(Client const& client, std::string_view device_code,
                                                 Origin const& origin) {
  auto const now = clock_.now();
  // A refusal is committed as well: it has noted the poll.
  auto const body = [&](Transaction& tx) -> Task<Result<Result<GrantedTokens>>> {
    return redeem_in(tx, client, device_code, origin, now);
  };
  CO_TRY(auto outcome, co_await transactions_.run<Result<GrantedTokens>>(body));
  CO_TRY(auto granted, std::move(outcome));
  co_return opener_.sign(std::move(granted), now);
}

Task<Result<Result<GrantedTokens>>> DeviceService::redeem_in(Transaction& tx, Client const& client,
                                                             std::string_view device_code,
                                                             Origin const& origin, Instant now) {
  using Outcome = Result<GrantedTokens>;
  auto grant = co_await devices_.lock(tx, hash_of(device_code));
  if (!grant || grant->client_id != client.id) co_return fail(invalid_grant("unknown"));
  if (grant->state == DeviceState::redeemed) co_return fail(invalid_grant("used"));
  if (now >= grant->expires_at)
    co_return fail(refused("expired_token", "The device code has expired; begin again"));
  if (grant->state == DeviceState::declined)
    co_return fail(refused("access_denied", "The person declined"));
  if (grant->state == DeviceState::pending) {
    bool const is_early = is_too_early(*grant, now);
    grant->last_polled_at = now;
    if (is_early) grant->interval += slowed_by;
    co_await devices_.update_poll(tx, *grant);
    co_return Outcome{fail(
        is_early ? refused("slow_down", "Ask less often: five seconds are added to the interval")
                 : refused("authorization_pending", "The person has not decided yet"))};
  }
  auto user = co_await users_.share(tx, *grant->user_id);
  if (!user || !user->is_active) co_return fail(invalid_grant("disabled"));
  CO_TRY(auto granted,
         co_await opener_.open(
             tx, client,
             {.user = *std::move(user), .scopes = grant->scopes, .auth_time = *grant->auth_time},
             origin, now));
  grant->state = DeviceState::redeemed;
  co_await devices_.update_state(tx, *grant, {});
  co_return Outcome{std::move(granted)};
}

Task<Result<DeviceRequest>> DeviceService::find(std::string_view typed,
                                                DeviceVisitor const& visitor) {
  auto const now = clock_.now();
  auto const session_hash = hash_of(visitor.browser_session);
  auto const wrong = co_await devices_.count_wrong_codes(session_hash, visitor.origin.address, now);
  if (wrong.of_browser_session >= max_wrong_of_session ||
      wrong.of_address >= max_wrong_of_address || wrong.of_all >= max_wrong_of_all)
    co_return fail(too_many_codes());
  auto const letters = read_user_code(typed);
  auto const body = [&](Transaction& tx) -> Task<Result<DeviceGrant>> {
    auto grant = letters ? co_await devices_.lock_by_user_code(tx, hash_of_user_code(*letters))
                         : std::nullopt;
    if (!grant || now >= grant->expires_at) co_return fail(unknown_code());
    co_return *std::move(grant);
  };
  auto grant = co_await transactions_.run<DeviceGrant>(body);
  auto client = grant ? co_await clients_.find(grant->client_id) : std::nullopt;
  if (!client) {
    co_await devices_.add_wrong_code(session_hash, visitor.origin.address, now);
    co_return fail(unknown_code());
  }
  if (grant->state != DeviceState::pending)
    co_return fail(conflict("This code was answered before", "DEVICE_DECIDED"));
  co_return DeviceRequest{.grant = *std::move(grant), .client = *std::move(client)};
}

Result<void> DeviceService::check_person(User const& user, Instant auth_time, Instant now) const {
  if (!user.is_active) return fail(forbidden("This account was deactivated", "ACCOUNT_DISABLED"));
  for (auto const role : settings_.device_flow_denied_roles.list())
    if (user.roles.has(role))
      return fail(forbidden(
          "People with the role " + std::string{to_string(role)} + " cannot sign in on devices",
          "DEVICE_FLOW_OFF"));
  if (user.roles.has(Role::admin) && now - auth_time >= fresh_sign_in)
    return fail(forbidden("Sign in again first", "FRESH_SIGN_IN_NEEDED"));
  return {};
}

Task<Result<DeviceRequest>> DeviceService::decide(std::string_view typed, bool approves,
                                                  DeviceVisitor const& visitor) {
  auto const now = clock_.now();
  CO_TRY(auto asked, co_await find(typed, visitor));
  if (approves) CO_TRY_VOID(check_person(visitor.signed_in.user, visitor.signed_in.auth_time, now));
  auto const letters = *read_user_code(typed);
  if (approves)
    co_await consents_.remember(visitor.signed_in.user.id, asked.client, asked.grant.scopes,
                                visitor.origin);
  auto const body = [&](Transaction& tx) -> Task<Result<DeviceGrant>> {
    return decide_in(tx, letters, approves, visitor, now);
  };
  CO_TRY(asked.grant, co_await transactions_.run<DeviceGrant>(body));
  co_return asked;
}

Task<Result<DeviceGrant>> DeviceService::decide_in(Transaction& tx, std::string_view letters,
                                                   bool approves, DeviceVisitor const& visitor,
                                                   Instant now) {
  auto grant = co_await devices_.lock_by_user_code(tx, hash_of_user_code(letters));
  if (!grant || now >= grant->expires_at) co_return fail(unknown_code());
  if (grant->state != DeviceState::pending)
    co_return fail(conflict("This code was answered before", "DEVICE_DECIDED"));
  auto const user = co_await users_.share(tx, visitor.signed_in.user.id);
  if (!user) co_return fail(unknown_code());
  if (approves) CO_TRY_VOID(check_person(*user, visitor.signed_in.auth_time, now));
  grant->state = approves ? DeviceState::approved : DeviceState::declined;
  grant->user_id = user->id;
  grant->auth_time = visitor.signed_in.auth_time;
  co_await devices_.update_state(tx, *grant, visitor.origin.address);
  co_await audit_.append(tx, {.at = now,
                              .action = approves ? "device_approved" : "device_declined",
                              .actor = user->id,
                              .target = user->id,
                              .address = visitor.origin.address,
                              .request_id = visitor.origin.request_id,
                              .details = {{"client_id", grant->client_id},
                                          {"device_address", grant->origin.address},
                                          {"device_user_agent", grant->origin.user_agent}}});
  co_return *std::move(grant);
}

Task<void> DeviceService::sweep() {
  co_await devices_.delete_expired(clock_.now());
}

}  // namespace insighta::identity
