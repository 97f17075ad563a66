#include "grants.hpp"

#include "platform/crypto/crypto.hpp"

namespace insighta::emulator {

namespace {

using namespace std::chrono_literals;

constexpr auto lifetime = 10min;
constexpr std::size_t tokens_per_scope = 10;
constexpr std::size_t sign_ins_per_hour = 10;

/// Takes `key` out of `entries` unless it has expired; drops what else has.
template <class Map>
auto take(Map& entries, std::string const& key)
    -> std::optional<decltype(entries.begin()->second.value)> {
  auto const now = Grants::Clock::now();
  std::erase_if(entries, [now](auto const& entry) { return entry.second.expires <= now; });
  auto node = entries.extract(key);
  if (node.empty()) return {};
  return std::move(node.mapped().value);
}

/// `length` characters of base64url without its two signs, which GitHub's tokens do not have.
std::string alphanumeric(std::size_t length) {
  std::string text;
  while (text.size() < length)
    for (char const c : crypto::base64url(crypto::random_bytes(length)))
      if (c != '-' && c != '_' && text.size() < length) text += c;
  return text;
}

}  // namespace

std::string Grants::open_page(AuthorizationRequest request) {
  auto secret = crypto::base64url(crypto::random_bytes(32));
  pages_.emplace(secret,
                 Expiring<AuthorizationRequest>{std::move(request), Clock::now() + lifetime});
  return secret;
}

std::optional<AuthorizationRequest> Grants::close_page(std::string const& secret) {
  return take(pages_, secret);
}

std::string Grants::issue_code(std::int64_t person, AuthorizationRequest request) {
  auto code = crypto::hex(crypto::random_bytes(10));
  codes_.emplace(code, Expiring<Code>{{person, std::move(request)}, Clock::now() + lifetime});
  return code;
}

std::optional<Grants::Code> Grants::redeem_code(std::string const& code) {
  return take(codes_, code);
}

void Grants::note_sign_in(std::int64_t person) {
  sign_ins_[person].push_back(Clock::now());
}

bool Grants::must_ask(std::int64_t person) {
  auto& times = sign_ins_[person];
  while (!times.empty() && times.front() + 1h <= Clock::now()) times.pop_front();
  return times.size() >= sign_ins_per_hour;
}

std::string Grants::issue_token(std::int64_t person, std::string scope) {
  auto token = "gho_" + alphanumeric(36);
  auto& order = order_[{person, scope}];
  order.push_back(token);
  if (order.size() > tokens_per_scope) {
    tokens_.erase(order.front());
    order.pop_front();
  }
  tokens_.emplace(token, AccessToken{.person = person, .scope = std::move(scope)});
  newest_token_ = token;
  return token;
}

AccessToken const* Grants::find_token(std::string const& token) const {
  auto const it = tokens_.find(token);
  return it == tokens_.end() ? nullptr : &it->second;
}

bool Grants::revoke_token(std::string const& token) {
  auto const it = tokens_.find(token);
  if (it == tokens_.end()) return false;
  std::erase(order_[{it->second.person, it->second.scope}], token);
  tokens_.erase(it);
  return true;
}

void Grants::revoke_newest() {
  revoke_token(newest_token_);
}

}  // namespace insighta::emulator
