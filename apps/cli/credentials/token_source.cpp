#include "credentials/token_source.hpp"

#include "api/answer_error.hpp"
#include "api/query_string.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/value.hpp"

#include <fmt/format.h>

#include <ctime>
#include <thread>

namespace insighta::cli {

namespace {

constexpr auto least_life = std::chrono::seconds{20};
constexpr int max_retries = 3;

/// Up to 0.4 s, twice that for the second, … : so that many computers do not come back together.
std::chrono::milliseconds pause_before(int retry) {
  auto const random = static_cast<unsigned char>(crypto::random_bytes(1).front());
  return std::chrono::milliseconds{(100 + random) * (1 << (retry - 1))};
}

/// IMF-fixdate (RFC 9110 section 5.6.7).
std::optional<Instant> parse_http_date(std::string_view text) {
  std::tm parts{};
  std::string const copy{text};
  if (strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts) == nullptr) return std::nullopt;
  return Instant{std::chrono::seconds{timegm(&parts)}};
}

}  // namespace

TokenSource::TokenSource(CredentialStore const& store, transfer::Transfers& transfers,
                         Clock const& clock, std::string issuer, std::optional<std::string> fixed)
    : store_(store),
      transfers_(transfers),
      clock_(clock),
      issuer_(std::move(issuer)),
      fixed_(std::move(fixed)) {}

Result<std::string> TokenSource::token() {
  if (fixed_) return *fixed_;
  TRY(auto const all, store_.load());
  auto const found = all.find(issuer_);
  if (found == all.end()) return fail(not_signed_in());
  if (is_fresh(found->second)) return found->second.access_token;
  return renew(std::nullopt);
}

Result<std::string> TokenSource::token_instead_of(std::string_view refused) {
  if (fixed_) {
    return fail(
        unauthenticated("the server refuses the token in INSIGHTA_TOKEN: it has expired or "
                        "is not of this server"));
  }
  return renew(refused);
}

Result<std::string> TokenSource::renew(std::optional<std::string_view> refused) {
  TRY(auto const lock, store_.lock());
  // Another process may have renewed it while this one waited.
  TRY(auto all, store_.load());
  auto const found = all.find(issuer_);
  if (found == all.end()) return fail(not_signed_in());
  if (is_fresh(found->second) && found->second.access_token != refused) {
    return found->second.access_token;
  }
  return refresh(lock, all);
}

Result<std::string> TokenSource::refresh(CredentialLock const& lock, CredentialsByIssuer& all) {
  Credentials& credentials = all.at(issuer_);
  std::string const sent = credentials.refresh_token;
  TRY(std::string const key, store_.refresh_attempt(lock, sent));
  TRY(auto const answer, post_refresh(sent, key));
  if (answer.is_success()) {
    TRY_VOID(take_tokens(credentials, answer, clock_.now()));
    TRY_VOID(store_.save(lock, all));
    store_.forget_refresh_attempt(lock);
    return credentials.access_token;
  }
  Error const error = error_of(answer);
  if (error.code != "invalid_grant") return fail(error);
  return after_invalid_grant(lock, sent);
}

Result<transfer::Answer> TokenSource::post_refresh(std::string const& refresh_token,
                                                   std::string const& key) {
  transfer::Call const call{
      .method = "POST",
      .url = issuer_ + "/oauth/token",
      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Idempotency-Key", key}},
      .body = form_of({{"grant_type", "refresh_token"},
                       {"refresh_token", refresh_token},
                       {"client_id", "insighta-cli"}})};
  // The server may have used the token up before its answer was lost: always the same key.
  for (int retry = 1;; ++retry) {
    auto answer = transfers_.perform(call);
    bool const may_pass = !answer || answer->status >= 500;
    if (!may_pass || retry > max_retries) return answer;
    std::this_thread::sleep_for(pause_before(retry));
  }
}

Result<std::string> TokenSource::after_invalid_grant(CredentialLock const& lock,
                                                     std::string_view sent) {
  store_.forget_refresh_attempt(lock);
  // Where the lock does not reach (a home on two computers), somebody else may have been first.
  TRY(auto all, store_.load());
  auto const found = all.find(issuer_);
  if (found != all.end() && found->second.refresh_token != sent && is_fresh(found->second)) {
    return found->second.access_token;
  }
  all.erase(issuer_);
  TRY_VOID(store_.save(lock, all));
  return fail(unauthenticated("your sign-in has ended; run 'insighta login'", "SIGN_IN_ENDED"));
}

bool TokenSource::is_fresh(Credentials const& credentials) const {
  Instant const server_now = clock_.now() + credentials.clock_offset;
  return credentials.access_expires_at - server_now > least_life;
}

Error TokenSource::not_signed_in() const {
  return unauthenticated(fmt::format("not signed in at {}; run 'insighta login'", issuer_));
}

Result<void> take_tokens(Credentials& credentials, transfer::Answer const& answer, Instant now) {
  auto const body = json::Value::parse(answer.body);
  if (!body || !body->is_object()) return fail(bad_upstream("the server's token answer is broken"));
  json::ObjectReader reader(*body);
  std::string access = reader.string("access_token");
  std::string refresh = reader.string("refresh_token");
  std::int64_t const life_s = reader.integer("expires_in", 1, 86'400);
  if (auto const read = reader.finish(); !read) {
    return fail(bad_upstream("the server's token answer is broken: " + read.error().message));
  }
  Instant const server_now = parse_http_date(answer.header("Date")).value_or(now);
  credentials.access_token = std::move(access);
  credentials.refresh_token = std::move(refresh);
  credentials.access_expires_at = server_now + std::chrono::seconds{life_s};
  credentials.clock_offset = std::chrono::round<std::chrono::seconds>(server_now - now);
  return {};
}

}  // namespace insighta::cli
